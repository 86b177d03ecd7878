// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the face step found. Scores run from 0 to 100. */
public final class Face extends Part {
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
    private final Map<String, Object> extra;

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
    public Map<String, Object> extra() {
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
}
