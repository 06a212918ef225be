package org.mydropout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for the links of the README and the site's pages, on GitHub and on the site. */
class PagesTest {

    private static final Path SITE = Path.of("src", "site", "markdown");
    private static final Path RESOURCES = Path.of("src", "site", "resources");
    private static final Path README = Path.of("README.md");

    /** A link to a place in this project: a file, a heading or both. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?![a-z]+:)(?<file>[^)#]*)(#(?<heading>[^)]*))?\\)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return Stream.concat(Stream.of(README), files.sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Path page) throws IOException {
        List<MatchResult> links = LINK.matcher(prose(page)).results().toList();
        for (MatchResult link : links) {
            Path target = target(page, link.group(1));
            assertThat(target).exists();
            String heading = link.group(3);
            if (heading != null) {
                assertThat(slugs(target)).as(link.group()).contains(heading);
                if (page.startsWith(SITE)) {
                    // Doxia derives other ids than GitHub from headings.
                    assertThat(target).content().contains("<a id=\"%s\"></a>".formatted(heading));
                }
            }
        }
    }

    private static Path target(Path page, String file) {
        if (file.isEmpty()) {
            return page;
        }
        boolean isResource = page.startsWith(SITE) && !file.endsWith(".md");
        return isResource ? RESOURCES.resolve(file) : page.resolveSibling(file).normalize();
    }

    /** The ids that GitHub derives from the headings of a page. */
    private static List<String> slugs(Path page) throws IOException {
        return prose(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ +", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    /** A page without its blocks of code. */
    private static String prose(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?s)```.*?```", "");
    }
}
