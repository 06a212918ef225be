package org.mydropout.job.sheet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.sheet.SheetBuilder.Variant;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.Shape;

/** Sheets of the sample data, with the options of jobs/augment.yaml. */
final class SampleSheets {

    static final DropoutConfig CONFIG = DropoutConfig.builder().rate(0.1).seed(42).build();

    private static final Path DATA = Path.of("jobs", "data", "fashion-mnist.jsonl");

    private SampleSheets() {}

    /** The first images, each with steps from 0. */
    static Sheet images(int records, int steps) throws IOException {
        return sheet(Optional.of(Shape.of(28, 28, 1)), vectors(records), steps);
    }

    /** Vectors with ids from 0 and steps from 0. */
    static Sheet sheet(Optional<Shape> image, List<float[]> vectors, int steps) {
        SheetBuilder builder = new SheetBuilder(CONFIG.transform(), ElementType.FLOAT32, image);
        for (int id = 0; id < vectors.size(); id++) {
            builder.add(
                    (long) id,
                    Optional.of(doubles(vectors.get(id))),
                    Optional.of(Shape.vector(vectors.get(id).length)),
                    LongStream.range(0, steps)
                            .mapToObj(step -> new Variant(step, Optional.empty(), false))
                            .toList());
        }
        return builder.build(
                "jobs/augment.yaml",
                "sheet jobs/augment.yaml",
                List.of("rate: 0.1", "seed: 42"),
                List.of("import jax"));
    }

    static double[] doubles(float[] vector) {
        return IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray();
    }

    static List<float[]> vectors(int records) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(DATA, StandardCharsets.UTF_8).subList(0, records)) {
            vectors.add(vector(line));
        }
        return vectors;
    }

    private static float[] vector(String line) throws IOException {
        float[] vector = new float[784];
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            while (!"features".equals(parser.currentName())
                    || !parser.isExpectedStartArrayToken()) {
                parser.nextToken();
            }
            for (int i = 0; i < vector.length; i++) {
                parser.nextToken();
                vector[i] = parser.getFloatValue();
            }
        }
        return vector;
    }
}
