package org.mydropout.job.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests for {@link SheetPage} and {@link SheetImage}. {@link SheetBrowserITCase} tests what a page
 * shows.
 */
class SheetPageTest {

    @Test
    void asksTheNetworkForNothing() throws Exception {
        assertThat(page(SampleSheets.images(2, 1)))
                .doesNotContainPattern("(src|href)=|@import|url\\(|fetch\\(|XMLHttpRequest")
                .doesNotContain("@DATA@", "@SCRIPT@");
    }

    @Test
    void letsNoTextEndTheScript() throws Exception {
        Sheet sheet =
                new Sheet(
                        "</script><script>alert(1)</script>",
                        "<!--",
                        List.of("seed: <b>"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        0,
                        List.of(),
                        List.of());
        assertThat(page(sheet))
                .doesNotContain("alert(1)</script>", "<!--", "<b>")
                .contains("\"title\":\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 10_000})
    void writesAnImageFileOfVectorsOfAnyLength(int length) throws Exception {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = i % 3 == 0 ? Float.NaN : i - 2;
        }
        BufferedImage image = image(SampleSheets.sheet(Optional.empty(), List.of(vector), 2));
        assertThat(image.getWidth()).isBetween(640, 1200);
        assertThat(image.getHeight()).isBetween(80, 600);
    }

    @Test
    void paintsAPixelInItsGray() throws Exception {
        Sheet sheet = SampleSheets.images(1, 1);
        float[] before = sheet.rows().get(0).before().orElseThrow();
        BufferedImage image = image(sheet);
        int highest = 0;
        for (float value : before) {
            highest = Math.max(highest, (int) value);
        }
        int gray = Math.round(255 * before[404] / highest);
        assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        boolean found = false;
        for (int y = 0; y < image.getHeight() && !found; y++) {
            for (int x = 0; x < image.getWidth() && !found; x++) {
                found = (image.getRGB(x, y) & 0xFFFFFF) == gray * 0x010101;
            }
        }
        assertThat(found).as("a pixel of gray %d", gray).isTrue();
    }

    private static String page(Sheet sheet) throws IOException {
        StringWriter out = new StringWriter();
        new SheetPage(sheet).write(out);
        return out.toString();
    }

    private static BufferedImage image(Sheet sheet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SheetImage.write(sheet, out);
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    }
}
