// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the face step found. Scores run from 0 to 100. */
public final class Face extends ValueObject {
    private final Boolean passed;
    private final Double comparisonScore;
    private final Image image;
    private final Boolean attack;
    private final Double quality;
    private final Boolean occlusion;
    private final String videoUrl;
    private final Long age;
    private final String gender;
    private final Double attackScore;
    private final Double guardRiskScore;
    private final Boolean registered;
    private final String registrationId;
    private final List<Duplicate> duplicates;
    private final String deviceToken;
    private final Map<String, @Nullable Object> extra;

    Face(WireReader in) {
        passed = in.optionalFlag();
        comparisonScore = in.optionalDouble();
        image = in.optional(Image::new);
        attack = in.optionalFlag();
        quality = in.optionalDouble();
        occlusion = in.optionalFlag();
        videoUrl = in.optionalText();
        age = in.optionalNumber();
        gender = in.optionalText();
        attackScore = in.optionalDouble();
        guardRiskScore = in.optionalDouble();
        registered = in.optionalFlag();
        registrationId = in.optionalText();
        duplicates = in.optional(reader -> reader.list(Duplicate::new));
        deviceToken = in.optionalText();
        extra = in.map(WireReader::value);
    }

    private Face(Builder given) {
        passed = given.passed;
        comparisonScore = given.comparisonScore;
        image = given.image;
        attack = given.attack;
        quality = given.quality;
        occlusion = given.occlusion;
        videoUrl = given.videoUrl;
        age = given.age;
        gender = given.gender;
        attackScore = given.attackScore;
        guardRiskScore = given.guardRiskScore;
        registered = given.registered;
        registrationId = given.registrationId;
        duplicates = given.duplicates;
        deviceToken = given.deviceToken;
        extra = given.extra;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code facePassed}: this step was passed. */
    public Optional<Boolean> passed() {
        return Optional.ofNullable(passed);
    }

    /** True for a yes alone: this step was passed. {@link #passed()} tells a no from what was not said. */
    public boolean isPassed() {
        return Boolean.TRUE.equals(passed);
    }

    /** {@code faceComparisonScore}: likeness to the face on the document, or to the reference; the service's own threshold is 90. */
    public Optional<Double> comparisonScore() {
        return Optional.ofNullable(comparisonScore);
    }

    /** {@code faceImg}: the captured face; only where images were asked for. */
    public Optional<Image> image() {
        return Optional.ofNullable(image);
    }

    /** {@code faceAttack}: a presentation attack was seen. */
    public Optional<Boolean> attack() {
        return Optional.ofNullable(attack);
    }

    /** True for a yes alone: a presentation attack was seen. {@link #attack()} tells a no from what was not said. */
    public boolean isAttack() {
        return Boolean.TRUE.equals(attack);
    }

    /** {@code faceQuality}: quality of the image. */
    public Optional<Double> quality() {
        return Optional.ofNullable(quality);
    }

    /** {@code faceOcclusion}: the face is covered. */
    public Optional<Boolean> occlusion() {
        return Optional.ofNullable(occlusion);
    }

    /** True for a yes alone: the face is covered. {@link #occlusion()} tells a no from what was not said. */
    public boolean isOccluded() {
        return Boolean.TRUE.equals(occlusion);
    }

    /** {@code docVideoUrl}: the evidence video; the URL lives 15 minutes, the video 30 minutes after completion. */
    public Optional<String> videoUrl() {
        return Optional.ofNullable(videoUrl);
    }

    /** {@code faceAge}: an estimate, in years. */
    public Optional<Long> age() {
        return Optional.ofNullable(age);
    }

    /** {@code faceGender}: an estimate, {@code M} or {@code F}. */
    public Optional<String> gender() {
        return Optional.ofNullable(gender);
    }

    /** {@code faceAttackScore}: likelihood of an attack. */
    public Optional<Double> attackScore() {
        return Optional.ofNullable(attackScore);
    }

    /** {@code guardRiskScore}: likelihood of a risky device. */
    public Optional<Double> guardRiskScore() {
        return Optional.ofNullable(guardRiskScore);
    }

    /** {@code faceRegistrationResult}: the face is in the face library now. */
    public Optional<Boolean> registered() {
        return Optional.ofNullable(registered);
    }

    /** True for a yes alone: the face is in the face library now. {@link #registered()} tells a no from what was not said. */
    public boolean isRegistered() {
        return Boolean.TRUE.equals(registered);
    }

    /** {@code faceRegistrationID}: its id there. */
    public Optional<String> registrationId() {
        return Optional.ofNullable(registrationId);
    }

    /** {@code duplicateFace}: similar faces that the library already holds. */
    public Optional<List<Duplicate>> duplicates() {
        return Optional.ofNullable(duplicates);
    }

    /** {@code deviceToken}: token for the device risk service; valid 7 days. */
    public Optional<String> deviceToken() {
        return Optional.ofNullable(deviceToken);
    }

    /** every other field of the step, by the service's names. */
    public Map<String, @Nullable Object> extra() {
        return extra;
    }

    @Override
    void describe(Fields out) {
        out.add("passed", passed)
            .add("comparison_score", comparisonScore)
            .add("image", image)
            .add("attack", attack)
            .add("quality", quality)
            .add("occlusion", occlusion)
            .add("video_url", videoUrl)
            .add("age", age)
            .add("gender", gender)
            .add("attack_score", attackScore)
            .add("guard_risk_score", guardRiskScore)
            .add("registered", registered)
            .add("registration_id", registrationId)
            .add("duplicates", duplicates)
            .add("device_token", deviceToken)
            .add("extra", extra);
    }

    /** Makes a {@link Face}; what is not given is absent. */
    public static final class Builder {
        private Boolean passed;
        private Double comparisonScore;
        private Image image;
        private Boolean attack;
        private Double quality;
        private Boolean occlusion;
        private String videoUrl;
        private Long age;
        private String gender;
        private Double attackScore;
        private Double guardRiskScore;
        private Boolean registered;
        private String registrationId;
        private List<Duplicate> duplicates;
        private String deviceToken;
        private Map<String, @Nullable Object> extra = Map.of();

        private Builder() {}

        /** {@link Face#passed()}. */
        public Builder passed(boolean passed) {
            this.passed = passed;
            return this;
        }

        /** {@link Face#comparisonScore()}. */
        public Builder comparisonScore(double comparisonScore) {
            this.comparisonScore = comparisonScore;
            return this;
        }

        /** {@link Face#image()}. */
        public Builder image(Image image) {
            this.image = Objects.requireNonNull(image, "image");
            return this;
        }

        /** {@link Face#attack()}. */
        public Builder attack(boolean attack) {
            this.attack = attack;
            return this;
        }

        /** {@link Face#quality()}. */
        public Builder quality(double quality) {
            this.quality = quality;
            return this;
        }

        /** {@link Face#occlusion()}. */
        public Builder occlusion(boolean occlusion) {
            this.occlusion = occlusion;
            return this;
        }

        /** {@link Face#videoUrl()}. */
        public Builder videoUrl(String videoUrl) {
            this.videoUrl = Objects.requireNonNull(videoUrl, "videoUrl");
            return this;
        }

        /** {@link Face#age()}. */
        public Builder age(long age) {
            this.age = age;
            return this;
        }

        /** {@link Face#gender()}. */
        public Builder gender(String gender) {
            this.gender = Objects.requireNonNull(gender, "gender");
            return this;
        }

        /** {@link Face#attackScore()}. */
        public Builder attackScore(double attackScore) {
            this.attackScore = attackScore;
            return this;
        }

        /** {@link Face#guardRiskScore()}. */
        public Builder guardRiskScore(double guardRiskScore) {
            this.guardRiskScore = guardRiskScore;
            return this;
        }

        /** {@link Face#registered()}. */
        public Builder registered(boolean registered) {
            this.registered = registered;
            return this;
        }

        /** {@link Face#registrationId()}. */
        public Builder registrationId(String registrationId) {
            this.registrationId = Objects.requireNonNull(registrationId, "registrationId");
            return this;
        }

        /** {@link Face#duplicates()}. */
        public Builder duplicates(List<Duplicate> duplicates) {
            this.duplicates = Values.copy(Objects.requireNonNull(duplicates, "duplicates"), Objects::requireNonNull);
            return this;
        }

        /** {@link Face#deviceToken()}. */
        public Builder deviceToken(String deviceToken) {
            this.deviceToken = Objects.requireNonNull(deviceToken, "deviceToken");
            return this;
        }

        /** {@link Face#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** What was given, as one. */
        public Face build() {
            return new Face(this);
        }
    }
}
