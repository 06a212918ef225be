package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.LayerType;

/** Tests that the site's page of layers shows each layer with its options. */
class LayersPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/layers.md");

    static Stream<LayerType> types() {
        return LayerType.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasARowForEachLayerWithItsOptions(LayerType type) throws IOException {
        List<String> rows =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `%s` |".formatted(type.name())))
                        .toList();

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).split("\\|", -1)[2])
                .contains(
                        type.parameters().stream()
                                .map(LayerParameter::name)
                                .map("`%s`"::formatted)
                                .toList());
    }
}
