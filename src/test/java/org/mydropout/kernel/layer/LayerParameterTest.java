package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.random.JaxConfig;

/** Tests for {@link LayerParameter}, with the parameters of the layers. */
class LayerParameterTest {

    private static LayerParameter parameter(String layer, String name) {
        return LayerType.named(layer).orElseThrow().parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Each value is the last one on its side of a bound, or one of another kind. */
    @ParameterizedTest
    @CsvSource({
        "dropout, rate, 0, true",
        "dropout, rate, 1, true",
        "dropout, rate, -4.9E-324, false",
        "dropout, rate, 1.0000000000000002, false",
        "dropout, rate, NaN, false",
        "dropout, rate, ten, false",
        "mask, fill, 1E30, true",
        "mask, fill, -1E30, true",
        "mask, fill, 1.0000000000000001E30, false",
        "mask, fill, -1.0000000000000001E30, false",
        "mask, fill, Infinity, false",
        "gaussian-dropout, rate, 0, true",
        "gaussian-dropout, rate, 0.9999999999999999, true",
        "gaussian-dropout, rate, 1, false",
        "gaussian-dropout, rate, -4.9E-324, false",
        "gaussian-noise, stddev, 0, true",
        "gaussian-noise, stddev, 1E-30, true",
        "gaussian-noise, stddev, 1E30, true",
        "gaussian-noise, stddev, 9.999999999999999E-31, false",
        "gaussian-noise, stddev, 1.0000000000000001E30, false",
        "gaussian-noise, stddev, -1, false",
        "categorical, temperature, 1E-30, true",
        "categorical, temperature, 1E30, true",
        "categorical, temperature, 9.999999999999999E-31, false",
        "categorical, temperature, 1.0000000000000001E30, false",
        "categorical, top-p, 4.9E-324, true",
        "categorical, top-p, 1, true",
        "categorical, top-p, 0, false",
        "categorical, top-p, 1.0000000000000002, false",
        "categorical, top-k, 0, true",
        "categorical, top-k, -1, false",
        "categorical, top-k, 1.5, false",
        "stochastic-depth, form, scenic, true",
        "stochastic-depth, form, other, false",
        "crop, size, 28x0, true",
        "crop, size, 28x-1, false",
        "crop, size, 28x, false",
        "roll, max-shift, 0, true",
        "roll, max-shift, -1, false"
    })
    void takesValuesUpToTheirBounds(String layer, String name, String text, boolean taken) {
        LayerParameter parameter = parameter(layer, name);

        if (taken) {
            assertThat(parameter.parse(text)).isNotNull();
        } else {
            assertThatThrownBy(() -> parameter.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "%s must be %s, but is ".formatted(name, parameter.rule()));
        }
    }

    @Test
    void hasTheTypeOfItsKind() {
        assertThat(parameter("dropout", "rate").parse("0.5")).isEqualTo(0.5);
        assertThat(parameter("categorical", "top-k").parse("40")).isEqualTo(40);
        assertThat(parameter("crop", "size").parse("28x28x3")).isEqualTo(List.of(28, 28, 3));
        assertThat(parameter("stochastic-depth", "form").parse("floor")).isEqualTo("floor");
        assertThat(parameter("dropout", "rate").required()).isTrue();
        assertThat(parameter("categorical", "top-k").required()).isFalse();
        assertThatThrownBy(() -> parameter("mixup", "reference").parse("a.jsonl"))
                .hasMessageEndingWith(", but is 'a.jsonl'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roll             | {max-shift=[2]}    | Roll(max_shift=(2,))",
                "roll             | {max-shift=[2, 3]} | Roll(max_shift=(2, 3))",
                "categorical      | {top-k=40}         | Categorical(temperature=1.0, top_k=40, top_p=1.0)",
                "stochastic-depth | {rate=0.5}         | StochasticDepth(rate=0.5, form=\"select\")"
            })
    void isAKeywordArgumentInPython(String layer, String values, String python) {
        Map<String, Object> given =
                switch (values) {
                    case "{max-shift=[2]}" -> Map.of("max-shift", List.of(2));
                    case "{max-shift=[2, 3]}" -> Map.of("max-shift", List.of(2, 3));
                    case "{top-k=40}" -> Map.of("top-k", 40);
                    default -> Map.of("rate", 0.5);
                };

        assertThat(LayerType.named(layer).orElseThrow().pythonCall(given)).isEqualTo(python);
    }

    @Test
    void refusesValuesThatATypeLacks() {
        assertThatThrownBy(
                        () ->
                                GaussianNoise.TYPE.create(
                                        Map.of("stddev", 1.0, "rate", 0.5), JaxConfig.DEFAULT))
                .hasMessage(
                        "The parameters of the layer gaussian-noise must be among [stddev], but are [rate, stddev].");
        assertThatThrownBy(() -> Mask.TYPE.create(Map.of(), JaxConfig.DEFAULT))
                .hasMessage("rate must be given for the layer mask.");
    }
}
