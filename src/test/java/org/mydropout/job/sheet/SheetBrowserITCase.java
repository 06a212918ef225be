package org.mydropout.job.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** Tests for the page of a sheet in a browser. */
@Tag("browser")
class SheetBrowserITCase {

    private static final int COLUMN = 12;
    private static final int ROW = 14;

    /** The pixel with value 98 in the first image, which is dropped at step 0. */
    private static final int INDEX = ROW * 28 + COLUMN;

    @TempDir static Path directory;

    private static ChromeDriver browser;

    @BeforeAll
    static void startBrowser() {
        Optional<File> chromium = program("chromium", "google-chrome", "chromium-browser");
        Optional<File> driver = program("chromedriver");
        assumeTrue(
                chromium.isPresent() && driver.isPresent(),
                "Neither Chromium nor chromedriver may be missing on the PATH for this test.");
        ChromeOptions options =
                new ChromeOptions()
                        .setBinary(chromium.get())
                        .addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
        browser =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(driver.get())
                                .build(),
                        options);
    }

    private static Optional<File> program(String... names) {
        return Stream.of(names)
                .flatMap(
                        name ->
                                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                        .map(path -> new File(path, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void tellsWhatAnElementWasAndBecame() throws Exception {
        Sheet sheet = SampleSheets.images(3, 2);
        open(sheet);
        Sheet.Picture picture = sheet.rows().get(0).pictures().get(0);
        MaskDraws draws = picture.draws().get(0);

        String text = hint(picture(0, 0), COLUMN, ROW, 28, 28);

        assertThat(text.lines())
                .containsExactly(
                        "id 0, step 0, index %d (row 14, column 12)".formatted(INDEX),
                        "before 98",
                        "after 0",
                        "draw %.7f ≥ threshold 0.9000000: dropped"
                                .formatted(draws.mantissas()[INDEX] * 0x1p-23),
                        "in integers %d ≥ 7549747".formatted(draws.mantissas()[INDEX]));
        assertThat(draws.keeps(INDEX)).isFalse();
    }

    @Test
    void writesNumbersAsPythonDoes() throws Exception {
        open(SampleSheets.images(3, 2));
        assertThat(hint(picture(0, 0), COLUMN + 1, ROW, 28, 28))
                .contains("before 136", "after 151.11111", ": kept");
    }

    @Test
    void tellsTheValueOfAnOriginal() throws Exception {
        open(SampleSheets.images(3, 2));
        assertThat(hint(canvases().get(0), COLUMN, ROW, 28, 28).lines())
                .containsExactly("id 0, original, index 404 (row 14, column 12)", "value 98");
    }

    @Test
    void tellsTheChannelsOfAColourImage() throws Exception {
        float[] vector = new float[2 * 2 * 3];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = i;
        }
        open(SampleSheets.sheet(Optional.of(Shape.of(2, 2, 3)), List.of(vector), 1));
        assertThat(hint(picture(0, 0), 1, 1, 2, 2))
                .contains("(row 1, column 1)", "index 9: before 9", "index 10:", "index 11:");
    }

    @Test
    void tellsAnElementOfAStripAndAPosition() throws Exception {
        open(SampleSheets.sheet(Optional.empty(), List.of(new float[] {1, 2, 3, 4}), 3));
        assertThat(hint(picture(0, 1), 2, 0, 4, 1)).contains("id 0, step 1, index 2", "before 3");
        List<WebElement> canvases = canvases();
        assertThat(hint(canvases.get(canvases.size() - 1), 3, 0, 4, 1))
                .contains("index 3: kept by", "of 3 masks, 2.7 expected");
    }

    @Test
    void showsTheVerdictAndTheRatios() throws Exception {
        open(SampleSheets.images(10, 5));
        assertThat(browser.findElement(By.className("sentence")).getText())
                .startsWith("50 masks of 784 elements: kept ratio 0.9")
                .endsWith("no two masks equal.");
        WebElement bin = browser.findElements(By.className("bin")).get(12);
        new Actions(browser).scrollToElement(bin).moveToElement(bin).perform();
        assertThat(hintText()).containsPattern("kept ratio 0\\.\\d{4} to 0\\.\\d{4}\n\\d+ masks, ");
    }

    @Test
    void paintsMasksWhenAsked() throws Exception {
        open(SampleSheets.images(1, 1));
        WebElement picture = picture(0, 0);
        Object corner = pixel(picture, 0, 0);
        browser.findElements(By.cssSelector(".choice label")).get(1).click();
        assertThat(pixel(picture, 0, 0)).isNotEqualTo(corner);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1400})
    void fitsTheWindow(int width) throws Exception {
        browser.manage().window().setSize(new Dimension(width, 900));
        for (Sheet sheet : sheets()) {
            open(sheet);
            long page = (Long) browser.executeScript("return document.documentElement.scrollWidth");
            long window =
                    (Long) browser.executeScript("return document.documentElement.clientWidth");
            assertThat(page).isLessThanOrEqualTo(window);
        }
    }

    private static List<Sheet> sheets() throws Exception {
        List<Sheet> sheets = new ArrayList<>();
        sheets.add(SampleSheets.images(10, 5));
        sheets.add(SampleSheets.images(2, 20));
        for (int size : new int[] {0, 1, 100, 10_000}) {
            sheets.add(SampleSheets.sheet(Optional.empty(), List.of(new float[size]), 2));
        }
        return sheets;
    }

    private static void open(Sheet sheet) throws Exception {
        Path file = Files.createTempFile(directory, "sheet", ".html");
        try (Writer out = Files.newBufferedWriter(file)) {
            new SheetPage(sheet).write(out);
        }
        browser.get(file.toUri().toString());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .noneMatch(entry -> entry.getLevel().equals(Level.SEVERE));
    }

    private static List<WebElement> canvases() {
        return browser.findElements(By.tagName("canvas"));
    }

    private static WebElement picture(int id, int step) {
        return browser.findElement(
                By.cssSelector("canvas[aria-label^='id %d, step %d']".formatted(id, step)));
    }

    /** The hint on a pixel of a picture with this many columns and rows. */
    private static String hint(WebElement canvas, int column, int row, int columns, int rows) {
        Dimension size = canvas.getSize();
        int x = (int) Math.round((column + 0.5) * size.width / columns - size.width / 2.0);
        int y = (int) Math.round((row + 0.5) * size.height / rows - size.height / 2.0);
        new Actions(browser).scrollToElement(canvas).moveToElement(canvas, x, y).perform();
        return hintText();
    }

    private static String hintText() {
        return browser.findElement(By.id("hint")).getText();
    }

    private static Object pixel(WebElement canvas, int x, int y) {
        return browser.executeScript(
                "return Array.from(arguments[0].getContext('2d')"
                        + ".getImageData(arguments[1], arguments[2], 1, 1).data)",
                canvas,
                x,
                y);
    }
}
