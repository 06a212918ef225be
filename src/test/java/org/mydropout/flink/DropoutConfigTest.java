package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;

/** Tests for {@link DropoutConfig}. */
class DropoutConfigTest {

    @Test
    void defaultsAreThoseOfTheOptions() {
        DropoutConfig config = DropoutConfig.builder().rate(0.1).seed(42).build();

        assertThat(config.rate()).isEqualTo(0.1);
        assertThat(config.seed()).isEqualTo(42);
        assertThat(config.deterministic()).isFalse();
        assertThat(config.idType()).isEqualTo(IdType.UINT32);
        assertThat(config.stepType()).isEqualTo(StepType.UINT32);
        assertThat(config.stepFrom()).isEqualTo(StepSource.RECORD);
        assertThat(config.step()).isEmpty();
        assertThat(config.stepTtl()).isEmpty();
        assertThat(config.keyReuse()).isEqualTo(KeyReuse.ALLOW);
        assertThat(config.flavor()).isEqualTo(Flavor.LINEN);
        assertThat(config.modulePath()).isEmpty();
        assertThat(config.rngSeparator()).isFalse();
        assertThat(config.partitionable()).isTrue();
        assertThat(config.x64()).isFalse();
        assertThat(config.scaling()).isEqualTo(Scaling.RECIPROCAL);
        assertThat(config.subnormals()).isEqualTo(Subnormals.KEEP);
    }

    static Stream<Arguments> waysToSayTheSame() {
        return Stream.of(
                arguments(
                        Map.of("dropout.step-from", "Constant", "dropout.step", "3"),
                        change(b -> b.stepFrom(StepSource.CONSTANT).step(3))),
                arguments(
                        Map.of("dropout.step-from", "counter", "dropout.step-ttl", "2 h"),
                        change(b -> b.stepFrom(StepSource.COUNTER).stepTtl(Duration.ofHours(2)))),
                arguments(
                        Map.of("dropout.step-from", "counter", "dropout.step-ttl", "1 ms"),
                        change(b -> b.stepFrom(StepSource.COUNTER).stepTtl(Duration.ofMillis(1)))),
                arguments(
                        Map.of("dropout.key-reuse", "fail", "dropout.step-ttl", "90 min"),
                        change(b -> b.keyReuse(KeyReuse.FAIL).stepTtl(Duration.ofMinutes(90)))),
                arguments(
                        Map.of("dropout.module-path", "Block_0;MyDropout_0"),
                        change(b -> b.modulePath("Block_0", "MyDropout_0"))),
                arguments(
                        Map.of("dropout.module-path", "[Block_0, MyDropout_0]"),
                        change(b -> b.modulePath("Block_0", "MyDropout_0"))),
                arguments(
                        Map.of("dropout.module-path", "A", "dropout.rng-separator", "true"),
                        change(b -> b.modulePath("A").rngSeparator(true))),
                arguments(Map.of("dropout.flavor", "RAW"), change(b -> b.flavor(Flavor.RAW))),
                arguments(Map.of("dropout.flavor", "nnx"), change(b -> b.flavor(Flavor.NNX))),
                arguments(
                        Map.of("dropout.id-type", "string", "dropout.step-type", "uint64"),
                        change(b -> b.idType(IdType.STRING).stepType(StepType.UINT64))),
                arguments(
                        Map.of(
                                "dropout.step-type", "uint64",
                                "dropout.step-from", "constant",
                                "dropout.step", "-1"),
                        change(
                                b ->
                                        b.stepType(StepType.UINT64)
                                                .stepFrom(StepSource.CONSTANT)
                                                .step(-1))),
                arguments(
                        Map.of("dropout.x64", "true", "dropout.partitionable", "false"),
                        change(b -> b.x64(true).partitionable(false))),
                arguments(
                        Map.of("dropout.scaling", "divide", "dropout.subnormals", "flush"),
                        change(b -> b.scaling(Scaling.DIVIDE).subnormals(Subnormals.FLUSH))),
                arguments(
                        Map.of("dropout.deterministic", "TRUE"),
                        change(b -> b.deterministic(true))),
                arguments(
                        Map.of("dropout.flavor", "linen", "dropout.x64", "false"), change(b -> b)));
    }

    @ParameterizedTest
    @MethodSource("waysToSayTheSame")
    void textAndBuilderSayTheSame(
            Map<String, String> text, UnaryOperator<DropoutConfigBuilder> change) {
        DropoutConfig fromText = DropoutConfig.from(configuration(text));
        DropoutConfig fromBuilder = change.apply(valid()).build();

        assertThat(fromText).isEqualTo(fromBuilder).hasSameHashCodeAs(fromBuilder);
        assertThat(fromText).hasToString(fromBuilder.toString());
    }

    @Test
    void oneMoreOptionMakesItUnequalInBothDirections() {
        DropoutConfig with =
                valid().stepFrom(StepSource.COUNTER).stepTtl(Duration.ofDays(1)).build();
        DropoutConfig without = valid().stepFrom(StepSource.COUNTER).build();

        assertThat(with).isNotEqualTo(without);
        assertThat(without).isNotEqualTo(with);
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        DropoutConfig config =
                valid().modulePath("A", "B").stepFrom(StepSource.CONSTANT).step(9).build();

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }

    @Test
    void doesNotFollowLaterChangesOfItsSources() {
        Configuration source = configuration(Map.of());
        DropoutConfig config = DropoutConfig.from(source);
        DropoutConfigBuilder builder = valid();
        DropoutConfig built = builder.build();

        source.set(DropoutOptions.RATE, 0.9);
        builder.rate(0.9);

        assertThat(config.rate()).isEqualTo(0.5);
        assertThat(built.rate()).isEqualTo(0.5);
        assertThatThrownBy(() -> config.modulePath().add("A"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<Arguments> singleProblems() {
        return Stream.of(
                problem("dropout.rate", "1.5", "dropout.rate must be a number from 0 to 1", "1.5"),
                problem(
                        "dropout.rate",
                        "-0.1",
                        "dropout.rate must be a number from 0 to 1",
                        "-0.1"),
                problem("dropout.rate", "NaN", "dropout.rate must be a number from 0 to 1", "NaN"),
                problem("dropout.rate", "ten", "dropout.rate must be a number from 0 to 1", "ten"),
                problem("dropout.seed", "1.5", "dropout.seed must be an integer", "1.5"),
                problem(
                        "dropout.seed",
                        "9223372036854775808",
                        "dropout.seed must be an integer of at most 64 bits",
                        "9223372036854775808"),
                problem("dropout.deterministic", "1", "must be true or false", "1"),
                problem("dropout.id-type", "int", "must be one of uint32, uint64, string", "int"),
                problem("dropout.step-type", "string", "must be one of uint32, uint64", "string"),
                problem(
                        "dropout.step-from",
                        "clock",
                        "must be one of record, constant, counter",
                        "clock"),
                problem("dropout.step-from", "constant", "dropout.step must be set", "constant"),
                problem("dropout.step", "3", "dropout.step must not be set unless", "3"),
                problem("dropout.step-ttl", "soon", "must be a duration", "soon"),
                problem("dropout.step-ttl", "1 h", "there is no state to forget", "PT1H"),
                problem("dropout.key-reuse", "deny", "must be one of allow, count, fail", "deny"),
                problem("dropout.flavor", "haiku", "must be one of linen, nnx, raw", "haiku"),
                problem("dropout.module-path", "A;;B", "none of them empty", "[A, , B]"),
                problem("dropout.module-path", "A\ud800", "have a UTF-8 form", "A"),
                problem("dropout.rng-separator", "zero", "must be true or false", "zero"),
                problem("dropout.partitionable", "yes", "must be true or false", "yes"),
                problem("dropout.x64", "on", "must be true or false", "on"),
                problem("dropout.scaling", "none", "must be one of reciprocal, divide", "none"),
                problem("dropout.subnormals", "zero", "must be one of keep, flush", "zero"));
    }

    @ParameterizedTest
    @MethodSource("singleProblems")
    void namesOptionRuleAndValue(String key, String value, String rule, String shownValue) {
        List<String> problems = problemsOf(configuration(Map.of(key, value)));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains(key, rule, shownValue).endsWith(".");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                arguments(
                        Map.of("dropout.step-from", "constant", "dropout.step", "4294967296"),
                        "dropout.step must be from 0 to 4294967295"),
                arguments(
                        Map.of("dropout.step-from", "constant", "dropout.step", "-1"),
                        "dropout.step must be from 0 to 4294967295"),
                arguments(
                        Map.of("dropout.step-from", "counter", "dropout.step", "0"),
                        "dropout.step must not be set unless dropout.step-from is constant"),
                arguments(
                        Map.of("dropout.step-from", "counter", "dropout.step-ttl", "0 s"),
                        "dropout.step-ttl must be at least one millisecond"),
                arguments(
                        Map.of("dropout.step-from", "counter", "dropout.step-ttl", "999 micro"),
                        "dropout.step-ttl must be at least one millisecond"),
                arguments(
                        Map.of("dropout.flavor", "raw", "dropout.module-path", "A"),
                        "dropout.module-path must not be set where dropout.flavor is raw"),
                arguments(
                        Map.of("dropout.flavor", "raw", "dropout.rng-separator", "true"),
                        "dropout.rng-separator must not be set where dropout.flavor is raw"),
                arguments(
                        Map.of("dropout.flavor", "nnx", "dropout.module-path", "A"),
                        "dropout.module-path must not be set where dropout.flavor is nnx"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refusesWhatContradictsItselfOrHasNoEffect(Map<String, String> text, String problem) {
        assertThat(problemsOf(configuration(text)))
                .singleElement()
                .satisfies(sentence -> assertThat(sentence).startsWith(problem).endsWith("."));
    }

    @Test
    void refusesATtlThatTheBuilderMakesTooLong() {
        assertThatThrownBy(
                        () ->
                                valid().stepFrom(StepSource.COUNTER)
                                        .stepTtl(Duration.ofSeconds(Long.MAX_VALUE))
                                        .build())
                .isInstanceOf(InvalidDropoutConfigException.class)
                .hasMessageStartingWith("rng.step-ttl must be at least one millisecond");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "dropout.rate", "2",
                                "dropout.step-from", "constant",
                                "dropout.id-type", "int",
                                "dropout.step-ttl", "0 ms"));

        InvalidDropoutConfigException thrown =
                catchThrowableOfType(
                        InvalidDropoutConfigException.class, () -> DropoutConfig.from(config));

        assertThat(thrown.problems())
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("dropout.rate must be"))
                .anyMatch(problem -> problem.startsWith("dropout.seed must be set to an integer"))
                .anyMatch(problem -> problem.startsWith("dropout.id-type must be"))
                .anyMatch(problem -> problem.startsWith("dropout.step must be set"))
                .anyMatch(problem -> problem.startsWith("dropout.step-ttl must be at least"))
                .anyMatch(problem -> problem.startsWith("dropout.step-ttl must not be set"));
        assertThat(thrown).hasMessageStartingWith("The dropout options have 6 problems:");
        thrown.problems().forEach(problem -> assertThat(thrown).hasMessageContaining(problem));
    }

    @Test
    void reportsAnUnreadableOptionOnlyOnce() {
        assertThat(
                        problemsOf(
                                Configuration.fromMap(
                                        Map.of(
                                                "dropout.rate", "x",
                                                "dropout.seed", "y",
                                                "dropout.step", "z",
                                                "dropout.step-from", "constant"))))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("dropout.rate must be"),
                        problem -> assertThat(problem).startsWith("dropout.seed must be"),
                        problem -> assertThat(problem).startsWith("dropout.step must be"));
    }

    @Test
    void looksAtNoOtherOptions() {
        Configuration config = configuration(Map.of("source.path", "x", "dropout.unknown", "1"));

        assertThat(DropoutConfig.from(config)).isEqualTo(valid().build());
    }

    private static List<String> problemsOf(Configuration config) {
        return catchThrowableOfType(
                        InvalidDropoutConfigException.class, () -> DropoutConfig.from(config))
                .problems();
    }

    private static Configuration configuration(Map<String, String> text) {
        Map<String, String> all = new TreeMap<>(Map.of("dropout.rate", "0.5", "dropout.seed", "1"));
        all.putAll(text);
        return Configuration.fromMap(all);
    }

    private static DropoutConfigBuilder valid() {
        return DropoutConfig.builder().rate(0.5).seed(1);
    }

    private static UnaryOperator<DropoutConfigBuilder> change(
            UnaryOperator<DropoutConfigBuilder> change) {
        return change;
    }

    private static Arguments problem(String key, String value, String rule, String shownValue) {
        return arguments(key, value, rule, shownValue);
    }
}
