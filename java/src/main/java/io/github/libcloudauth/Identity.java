// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Objects;
import java.util.Optional;

/** A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it was. */
public final class Identity extends ValueObject {
    private final String fullName;
    private final String latinName;
    private final String surname;
    private final String givenNames;
    private final String nativeSurname;
    private final String nativeGivenNames;
    private final String nameCode;
    private final String sex;
    private final String birthDate;
    private final String documentNumber;
    private final String nationality;
    private final String countryCode;
    private final String issueDate;
    private final String firstIssueDate;
    private final String expiryDate;
    private final String placeOfIssue;
    private final String issuingAuthority;
    private final String placeOfBirth;
    private final String address;
    private final String ethnicity;
    private final Boolean permanent;
    private final String symbols;

    Identity(WireReader in) {
        fullName = in.optionalText();
        latinName = in.optionalText();
        surname = in.optionalText();
        givenNames = in.optionalText();
        nativeSurname = in.optionalText();
        nativeGivenNames = in.optionalText();
        nameCode = in.optionalText();
        sex = in.optionalText();
        birthDate = in.optionalText();
        documentNumber = in.optionalText();
        nationality = in.optionalText();
        countryCode = in.optionalText();
        issueDate = in.optionalText();
        firstIssueDate = in.optionalText();
        expiryDate = in.optionalText();
        placeOfIssue = in.optionalText();
        issuingAuthority = in.optionalText();
        placeOfBirth = in.optionalText();
        address = in.optionalText();
        ethnicity = in.optionalText();
        permanent = in.optionalFlag();
        symbols = in.optionalText();
    }

    private Identity(Builder given) {
        fullName = given.fullName;
        latinName = given.latinName;
        surname = given.surname;
        givenNames = given.givenNames;
        nativeSurname = given.nativeSurname;
        nativeGivenNames = given.nativeGivenNames;
        nameCode = given.nameCode;
        sex = given.sex;
        birthDate = given.birthDate;
        documentNumber = given.documentNumber;
        nationality = given.nationality;
        countryCode = given.countryCode;
        issueDate = given.issueDate;
        firstIssueDate = given.firstIssueDate;
        expiryDate = given.expiryDate;
        placeOfIssue = given.placeOfIssue;
        issuingAuthority = given.issuingAuthority;
        placeOfBirth = given.placeOfBirth;
        address = given.address;
        ethnicity = given.ethnicity;
        permanent = given.permanent;
        symbols = given.symbols;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code name_cn}, {@code name}. */
    public Optional<String> fullName() {
        return Optional.ofNullable(fullName);
    }

    /** {@code englishName}, {@code name}: {@code name} only beside a {@code name_cn}; pinyin on some permits. */
    public Optional<String> latinName() {
        return Optional.ofNullable(latinName);
    }

    /** {@code surname_s}, {@code surname}, {@code lastName}. */
    public Optional<String> surname() {
        return Optional.ofNullable(surname);
    }

    /** {@code given_name_s}, {@code givenname}, {@code given_names}, {@code firstName}. */
    public Optional<String> givenNames() {
        return Optional.ofNullable(givenNames);
    }

    /** {@code surnameCN}. */
    public Optional<String> nativeSurname() {
        return Optional.ofNullable(nativeSurname);
    }

    /** {@code givennameCN}. */
    public Optional<String> nativeGivenNames() {
        return Optional.ofNullable(nativeGivenNames);
    }

    /** {@code nameCode}: Chinese name code (Hong Kong). */
    public Optional<String> nameCode() {
        return Optional.ofNullable(nameCode);
    }

    /** {@code sex_s}, {@code sex}: {@code M} (also for {@code Male}, {@code 男}), {@code F} ({@code Female}, {@code 女}), else as given. */
    public Optional<String> sex() {
        return Optional.ofNullable(sex);
    }

    /** {@code date_of_birth_s}, {@code birthDate}, {@code date_of_birth}, {@code dateOfBirth}: a date. */
    public Optional<String> birthDate() {
        return Optional.ofNullable(birthDate);
    }

    /** {@code idNumber}, {@code id_number}, {@code passportNo}, {@code passport_number}. */
    public Optional<String> documentNumber() {
        return Optional.ofNullable(documentNumber);
    }

    /** {@code nationality}. */
    public Optional<String> nationality() {
        return Optional.ofNullable(nationality);
    }

    /** {@code countryCode}, {@code country_code}. */
    public Optional<String> countryCode() {
        return Optional.ofNullable(countryCode);
    }

    /** {@code issueDate}, {@code date_of_issue}, {@code currentIssueDate}: a date. */
    public Optional<String> issueDate() {
        return Optional.ofNullable(issueDate);
    }

    /** {@code firstIssueDate}, {@code date_of_first_issue}: a date; often month and year only, then as given. */
    public Optional<String> firstIssueDate() {
        return Optional.ofNullable(firstIssueDate);
    }

    /** {@code date_of_expiry_s}, {@code expiryDate}, {@code date_of_expiry}: a date. */
    public Optional<String> expiryDate() {
        return Optional.ofNullable(expiryDate);
    }

    /** {@code placeOfIssue}, {@code place_of_issue}. */
    public Optional<String> placeOfIssue() {
        return Optional.ofNullable(placeOfIssue);
    }

    /** {@code originOfIssue}, {@code origin_of_issue}. */
    public Optional<String> issuingAuthority() {
        return Optional.ofNullable(issuingAuthority);
    }

    /** {@code placeOfBirth}, {@code place_of_birth}: a code such as {@code AS} on the Macao card. */
    public Optional<String> placeOfBirth() {
        return Optional.ofNullable(placeOfBirth);
    }

    /** {@code address}. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** {@code ethnicity}. */
    public Optional<String> ethnicity() {
        return Optional.ofNullable(ethnicity);
    }

    /** {@code isPermanent}: the card is a permanent resident's (Hong Kong). */
    public Optional<Boolean> permanent() {
        return Optional.ofNullable(permanent);
    }

    /** True for a yes alone: the card is a permanent resident's (Hong Kong). {@link #permanent()} tells a no from what was not said. */
    public boolean isPermanent() {
        return Boolean.TRUE.equals(permanent);
    }

    /** {@code symbols}: remarks such as {@code **AZ} (Hong Kong). */
    public Optional<String> symbols() {
        return Optional.ofNullable(symbols);
    }

    @Override
    void describe(Fields out) {
        out.add("full_name", fullName)
            .add("latin_name", latinName)
            .add("surname", surname)
            .add("given_names", givenNames)
            .add("native_surname", nativeSurname)
            .add("native_given_names", nativeGivenNames)
            .add("name_code", nameCode)
            .add("sex", sex)
            .add("birth_date", birthDate)
            .add("document_number", documentNumber)
            .add("nationality", nationality)
            .add("country_code", countryCode)
            .add("issue_date", issueDate)
            .add("first_issue_date", firstIssueDate)
            .add("expiry_date", expiryDate)
            .add("place_of_issue", placeOfIssue)
            .add("issuing_authority", issuingAuthority)
            .add("place_of_birth", placeOfBirth)
            .add("address", address)
            .add("ethnicity", ethnicity)
            .add("permanent", permanent)
            .add("symbols", symbols);
    }

    /** Makes a {@link Identity}; what is not given is absent. */
    public static final class Builder {
        private String fullName;
        private String latinName;
        private String surname;
        private String givenNames;
        private String nativeSurname;
        private String nativeGivenNames;
        private String nameCode;
        private String sex;
        private String birthDate;
        private String documentNumber;
        private String nationality;
        private String countryCode;
        private String issueDate;
        private String firstIssueDate;
        private String expiryDate;
        private String placeOfIssue;
        private String issuingAuthority;
        private String placeOfBirth;
        private String address;
        private String ethnicity;
        private Boolean permanent;
        private String symbols;

        private Builder() {}

        /** {@link Identity#fullName()}. */
        public Builder fullName(String fullName) {
            this.fullName = Objects.requireNonNull(fullName, "fullName");
            return this;
        }

        /** {@link Identity#latinName()}. */
        public Builder latinName(String latinName) {
            this.latinName = Objects.requireNonNull(latinName, "latinName");
            return this;
        }

        /** {@link Identity#surname()}. */
        public Builder surname(String surname) {
            this.surname = Objects.requireNonNull(surname, "surname");
            return this;
        }

        /** {@link Identity#givenNames()}. */
        public Builder givenNames(String givenNames) {
            this.givenNames = Objects.requireNonNull(givenNames, "givenNames");
            return this;
        }

        /** {@link Identity#nativeSurname()}. */
        public Builder nativeSurname(String nativeSurname) {
            this.nativeSurname = Objects.requireNonNull(nativeSurname, "nativeSurname");
            return this;
        }

        /** {@link Identity#nativeGivenNames()}. */
        public Builder nativeGivenNames(String nativeGivenNames) {
            this.nativeGivenNames = Objects.requireNonNull(nativeGivenNames, "nativeGivenNames");
            return this;
        }

        /** {@link Identity#nameCode()}. */
        public Builder nameCode(String nameCode) {
            this.nameCode = Objects.requireNonNull(nameCode, "nameCode");
            return this;
        }

        /** {@link Identity#sex()}. */
        public Builder sex(String sex) {
            this.sex = Objects.requireNonNull(sex, "sex");
            return this;
        }

        /** {@link Identity#birthDate()}. */
        public Builder birthDate(String birthDate) {
            this.birthDate = Objects.requireNonNull(birthDate, "birthDate");
            return this;
        }

        /** {@link Identity#documentNumber()}. */
        public Builder documentNumber(String documentNumber) {
            this.documentNumber = Objects.requireNonNull(documentNumber, "documentNumber");
            return this;
        }

        /** {@link Identity#nationality()}. */
        public Builder nationality(String nationality) {
            this.nationality = Objects.requireNonNull(nationality, "nationality");
            return this;
        }

        /** {@link Identity#countryCode()}. */
        public Builder countryCode(String countryCode) {
            this.countryCode = Objects.requireNonNull(countryCode, "countryCode");
            return this;
        }

        /** {@link Identity#issueDate()}. */
        public Builder issueDate(String issueDate) {
            this.issueDate = Objects.requireNonNull(issueDate, "issueDate");
            return this;
        }

        /** {@link Identity#firstIssueDate()}. */
        public Builder firstIssueDate(String firstIssueDate) {
            this.firstIssueDate = Objects.requireNonNull(firstIssueDate, "firstIssueDate");
            return this;
        }

        /** {@link Identity#expiryDate()}. */
        public Builder expiryDate(String expiryDate) {
            this.expiryDate = Objects.requireNonNull(expiryDate, "expiryDate");
            return this;
        }

        /** {@link Identity#placeOfIssue()}. */
        public Builder placeOfIssue(String placeOfIssue) {
            this.placeOfIssue = Objects.requireNonNull(placeOfIssue, "placeOfIssue");
            return this;
        }

        /** {@link Identity#issuingAuthority()}. */
        public Builder issuingAuthority(String issuingAuthority) {
            this.issuingAuthority = Objects.requireNonNull(issuingAuthority, "issuingAuthority");
            return this;
        }

        /** {@link Identity#placeOfBirth()}. */
        public Builder placeOfBirth(String placeOfBirth) {
            this.placeOfBirth = Objects.requireNonNull(placeOfBirth, "placeOfBirth");
            return this;
        }

        /** {@link Identity#address()}. */
        public Builder address(String address) {
            this.address = Objects.requireNonNull(address, "address");
            return this;
        }

        /** {@link Identity#ethnicity()}. */
        public Builder ethnicity(String ethnicity) {
            this.ethnicity = Objects.requireNonNull(ethnicity, "ethnicity");
            return this;
        }

        /** {@link Identity#permanent()}. */
        public Builder permanent(boolean permanent) {
            this.permanent = permanent;
            return this;
        }

        /** {@link Identity#symbols()}. */
        public Builder symbols(String symbols) {
            this.symbols = Objects.requireNonNull(symbols, "symbols");
            return this;
        }

        /** What was given, as one. */
        public Identity build() {
            return new Identity(this);
        }
    }
}
