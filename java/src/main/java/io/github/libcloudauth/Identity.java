package io.github.libcloudauth;

import java.util.Optional;

/** A person in one vocabulary, whatever the document and whichever of the service's spellings.
 *
 * <p>Dates are ISO 8601 where the service's text is a full date, else as it was.
 */
public final class Identity extends Part {
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

    /** The whole name. */
    public Optional<String> fullName() {
        return Optional.ofNullable(fullName);
    }

    /** The name in Latin letters. */
    public Optional<String> latinName() {
        return Optional.ofNullable(latinName);
    }

    /** The family name. */
    public Optional<String> surname() {
        return Optional.ofNullable(surname);
    }

    /** The given names. */
    public Optional<String> givenNames() {
        return Optional.ofNullable(givenNames);
    }

    /** The family name in the script of the document's own country. */
    public Optional<String> nativeSurname() {
        return Optional.ofNullable(nativeSurname);
    }

    /** The given names in that script. */
    public Optional<String> nativeGivenNames() {
        return Optional.ofNullable(nativeGivenNames);
    }

    /** Chinese name code (Hong Kong). */
    public Optional<String> nameCode() {
        return Optional.ofNullable(nameCode);
    }

    /** {@code M}, {@code F}, or the document's own word. */
    public Optional<String> sex() {
        return Optional.ofNullable(sex);
    }

    /** The date of birth. */
    public Optional<String> birthDate() {
        return Optional.ofNullable(birthDate);
    }

    /** The number of the document, or of its holder. */
    public Optional<String> documentNumber() {
        return Optional.ofNullable(documentNumber);
    }

    /** The nationality, as the document has it. */
    public Optional<String> nationality() {
        return Optional.ofNullable(nationality);
    }

    /** The code of the issuing country. */
    public Optional<String> countryCode() {
        return Optional.ofNullable(countryCode);
    }

    /** The date of issue. */
    public Optional<String> issueDate() {
        return Optional.ofNullable(issueDate);
    }

    /** The date of the first issue; often month and year only. */
    public Optional<String> firstIssueDate() {
        return Optional.ofNullable(firstIssueDate);
    }

    /** The last day on which it is valid. */
    public Optional<String> expiryDate() {
        return Optional.ofNullable(expiryDate);
    }

    /** Where it was issued. */
    public Optional<String> placeOfIssue() {
        return Optional.ofNullable(placeOfIssue);
    }

    /** Who issued it. */
    public Optional<String> issuingAuthority() {
        return Optional.ofNullable(issuingAuthority);
    }

    /** Where the person was born. */
    public Optional<String> placeOfBirth() {
        return Optional.ofNullable(placeOfBirth);
    }

    /** Where the person lives. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** The ethnicity, as the document has it. */
    public Optional<String> ethnicity() {
        return Optional.ofNullable(ethnicity);
    }

    /** A permanent resident's card (Hong Kong). */
    public Optional<Boolean> permanent() {
        return Optional.ofNullable(permanent);
    }

    /** Whether the card is a permanent resident's. True for a yes alone; {@link #permanent()} tells a no from what was not said. */
    public boolean isPermanent() {
        return Boolean.TRUE.equals(permanent);
    }

    /** Remarks such as {@code **AZ} (Hong Kong). */
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
}
