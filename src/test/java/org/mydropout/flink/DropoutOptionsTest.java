package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link DropoutOptions}. */
class DropoutOptionsTest {

    @Test
    void allListsEveryOptionOfTheClass() {
        assertThat(DropoutOptions.ALL)
                .containsExactlyElementsOf(
                        Arrays.stream(DropoutOptions.class.getFields())
                                .filter(field -> Modifier.isStatic(field.getModifiers()))
                                .filter(field -> field.getType() == ConfigOption.class)
                                .<ConfigOption<?>>map(
                                        field -> {
                                            try {
                                                return (ConfigOption<?>) field.get(null);
                                            } catch (IllegalAccessException e) {
                                                throw new AssertionError(e);
                                            }
                                        })
                                .toList());
    }

    @ParameterizedTest
    @FieldSource("org.mydropout.flink.DropoutOptions#ALL")
    void everyOptionIsNamedAndDescribed(ConfigOption<?> option) {
        assertThat(option.key()).matches("dropout\\.[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(text(option.description())).hasSizeGreaterThan(50).endsWith(".");
    }

    /** The plain text of a description. */
    private static String text(Description description) {
        return new HtmlFormatter().format(description).replaceAll("<[^>]*>", "").strip();
    }

    static Stream<ConfigOption<? extends Enum<?>>> enumOptions() {
        return Stream.of(
                DropoutOptions.ID_TYPE,
                DropoutOptions.STEP_TYPE,
                DropoutOptions.STEP_FROM,
                DropoutOptions.KEY_REUSE,
                DropoutOptions.FLAVOR,
                DropoutOptions.SCALING,
                DropoutOptions.SUBNORMALS);
    }

    @ParameterizedTest
    @MethodSource("enumOptions")
    <E extends Enum<E>> void enumValuesAreReadInAnyCase(ConfigOption<E> option) {
        for (E constant : option.defaultValue().getDeclaringClass().getEnumConstants()) {
            String lower = constant.name().toLowerCase(Locale.ROOT);
            for (String text : new String[] {lower, constant.name()}) {
                Configuration config = new Configuration();
                config.setString(option.key(), text);
                assertThat(config.get(option)).isSameAs(constant);
            }
        }
    }
}
