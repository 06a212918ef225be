package org.mydropout.job.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.Shape;
import picocli.CommandLine.Help.Ansi;

/** Tests for {@link ExplanationText} and {@link ExplanationJson}. */
class ExplanationTest {

    private static final double[] VECTOR = {1, -0f, Float.NaN, 4, 5, 6};

    @Test
    void thePageOfTheSiteNamesEveryFieldOfTheJson() throws Exception {
        String page = Files.readString(Path.of("src", "site", "markdown", "explain.md"));
        StringWriter json = new StringWriter();
        ExplanationJson.write(explanation(Optional.empty()), json);
        try (JsonParser parser =
                JsonFactory.builder()
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build()
                        .createParser(json.toString())) {
            for (JsonToken token; (token = parser.nextToken()) != null; ) {
                if (token == JsonToken.FIELD_NAME) {
                    assertThat(page).containsPattern("[`.]" + parser.currentName() + "`");
                }
            }
        }
    }

    @Test
    void tellsEveryStepInWords() {
        assertThat(String.join("\n", text(explanation(Optional.empty()), Ansi.OFF)))
                .isEqualTo(
                        """
                        Record id 17, step 3: 6 elements
                          rate=0.5
                        A note.

                        Keys
                          seed 42                                  [0 42]
                          fold_in, id                          17  [2702347784 925058353]
                          fold_in, step                         3  [1544290977 4244062283]

                        Layer MyDropout
                          fold_in, make_rng            0xbf8b4530  [1257858136 695466176], sampled
                          SHA-1 of b"\\x01": first call of make_rng in the top-level module
                          kept if its draw is below 4194304 of 2^23: float32 0.5
                          4 kept, 2 dropped; expected 3.0 ± 1.2 kept
                          68.8 % of masks are at least as far off
                          runs: 4 kept, 2 dropped
                          mask, what is dropped filled:
                          0 ····██

                        Elements
                             index  draw                        before           after
                          *      0  0.1563970 kept                 1.0             2.0
                                 1  0.0500402 kept                -0.0            -0.0
                                 2  0.3114601 kept                 NaN             NaN
                          *      3  0.3164741 kept                 4.0             8.0
                          x      4  0.6050750 dropped              5.0             0.0
                          x      5  0.9546944 dropped              6.0             0.0

                        The same in Python
                          import jax\
                        """);
    }

    @Test
    void drawsTheMaskOfAnImage() {
        assertThat(text(explanation(Optional.of(Shape.of(2, 3, 1))), Ansi.OFF))
                .containsSequence("  ┌───┐", "  │ ▄▄│", "  └───┘");
    }

    @Test
    void fitsATerminalOfEightyColumns() {
        assertThat(text(explanation(Optional.empty()), Ansi.OFF))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void coloursNothingButOnATerminal() {
        assertThat(String.join("", text(explanation(Optional.empty()), Ansi.OFF)))
                .doesNotContain("\u001b");
        assertThat(String.join("", text(explanation(Optional.empty()), Ansi.ON)))
                .contains("\u001b[31mx      4", "\u001b[36m*      0");
    }

    @Test
    void tellsItToAProgram() throws Exception {
        Map<String, Object> json = json(explanation(Optional.empty()));
        assertThat(json)
                .containsEntry("format", 1L)
                .containsEntry("id", 17L)
                .containsEntry("step", 3L)
                .containsEntry("size", 6L)
                .containsEntry("options[0]", "rate=0.5")
                .containsEntry("baseKey[1]", 42L)
                .containsEntry("folds[1].part", "step")
                .containsEntry("folds[1].word", 3L)
                .containsEntry("folds[1].key[0]", 1544290977L)
                .containsEntry("layers[0].name", "MyDropout")
                .containsEntry("layers[0].type", "MyDropout")
                .containsEntry("layers[0].callHash", 0xbf8b4530L)
                .containsEntry("layers[0].key[1]", 695466176L)
                .containsEntry("layers[0].mask.drawBits", 23L)
                .containsEntry("layers[0].mask.threshold", 4194304L)
                .containsEntry("layers[0].mask.keepProbability", 0.5)
                .containsEntry("layers[0].mask.kept", 4L)
                .containsEntry("layers[0].mask.dropped", 2L)
                .containsEntry("layers[0].mask.tailProbability", 0.6875)
                .containsEntry(
                        "layers[0].mask.bits",
                        Base64.getEncoder().encodeToString(new byte[] {(byte) 0b1111_0000}))
                .containsEntry("before[1]", -0.0)
                .containsEntry("before[2]", Double.NaN)
                .containsEntry("after[3]", 8.0)
                .containsEntry("notes[0]", "A note.")
                .containsEntry("python", "import jax");
    }

    /** The scalars of an explanation's JSON by their paths. */
    private static Map<String, Object> json(Explanation explanation) throws IOException {
        StringWriter out = new StringWriter();
        ExplanationJson.write(explanation, out);
        Map<String, Object> scalars = new TreeMap<>();
        try (JsonParser parser =
                JsonFactory.builder()
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build()
                        .createParser(out.toString())) {
            for (JsonToken token; (token = parser.nextToken()) != null; ) {
                String path = parser.getParsingContext().pathAsPointer(false).toString();
                String dotted =
                        path.replaceAll("/(\\d+)", "[$1]")
                                .replace('/', '.')
                                .replaceFirst("^\\.", "");
                if (token == JsonToken.VALUE_STRING) {
                    scalars.put(dotted, parser.getText());
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    scalars.put(dotted, parser.getLongValue());
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    scalars.put(dotted, parser.getDoubleValue());
                }
            }
        }
        return scalars;
    }

    private static List<String> text(Explanation explanation, Ansi ansi) {
        return new ExplanationText(
                        explanation,
                        IntStream.range(0, explanation.size().orElseThrow()).boxed().toList(),
                        ansi)
                .lines();
    }

    static Explanation explanation(Optional<Shape> image) {
        DropoutConfig config = DropoutConfig.builder().rate(0.5).seed(42).build();
        RecordTrace trace =
                RecordTrace.of(
                        config.transform(),
                        17L,
                        3,
                        false,
                        Optional.of(VECTOR),
                        Shape.vector(VECTOR.length),
                        ElementType.FLOAT32);
        return new Explanation(
                17L,
                3,
                List.of("rate=0.5"),
                42,
                image,
                Optional.of(VECTOR.length),
                ElementType.FLOAT32,
                Optional.of(VECTOR),
                Optional.of(trace.after()),
                trace,
                List.of("A note."),
                false,
                List.of("import jax"));
    }
}
