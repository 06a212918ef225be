import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Prints the compatibility page, a table of features by release of Flink and Java, from Surefire's
 * reports: {@code java src/it/CompatibilityPage.java DIRECTORY}. The directory has one folder per
 * run. A skipped test gives its reason: the sentence that refused the feature.
 */
final class CompatibilityPage {

    private static final String HEAD =
            """
            # Versions of Flink and Java

            One jar for all of them. Made by `src/it/run`, which runs the project in `src/it/user-project` on a mini
            cluster of each Flink, with the artifact `operator` (see [Development](development.md)).

            """;

    private static final String TAIL =
            """

            Without the flag `--add-modules=jdk.incubator.vector` nothing is asked of the JVM beside Java 17. A release
            of Flink that is not in the table is not tried. Jobs from topic to topic are tried with the newest Flink only.

            Which versions of JAX and Flax give the same bits: [JAX versions](jax-versions.md).
            """;

    /** A release of Flink and a version of Java, in the order of the table's columns. */
    private record Platform(String flink, String java) implements Comparable<Platform> {
        @Override
        public int compareTo(Platform other) {
            int byJava = Integer.compare(Integer.parseInt(java), Integer.parseInt(other.java));
            int byFlink =
                    Stream.of(flink.split("\\."))
                            .map(n -> "%5s".formatted(n))
                            .toList()
                            .toString()
                            .compareTo(
                                    Stream.of(other.flink.split("\\."))
                                            .map(n -> "%5s".formatted(n))
                                            .toList()
                                            .toString());
            return byJava != 0 ? byJava : byFlink;
        }

        @Override
        public String toString() {
            return "Flink " + flink + ", Java " + java;
        }
    }

    private final Map<Platform, Map<String, Optional<String>>> results = new TreeMap<>();
    private final DocumentBuilder parser;

    private CompatibilityPage() throws Exception {
        parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    }

    public static void main(String[] args) throws Exception {
        CompatibilityPage page = new CompatibilityPage();
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                page.add(file.toFile());
            }
        }
        System.out.print(page.text());
    }

    private void add(File report) throws Exception {
        Document document = parser.parse(report);
        Platform platform =
                new Platform(
                        property(document, "flink.version"),
                        property(document, "java.specification.version"));
        Map<String, Optional<String>> features =
                results.computeIfAbsent(platform, p -> new TreeMap<>());
        for (Element test : elements(document, "testcase")) {
            if (test.getElementsByTagName("failure").getLength() > 0
                    || test.getElementsByTagName("error").getLength() > 0) {
                throw new IllegalStateException(report + ": " + test.getAttribute("name"));
            }
            NodeList skipped = test.getElementsByTagName("skipped");
            features.put(
                    test.getAttribute("name"),
                    skipped.getLength() == 0
                            ? Optional.empty()
                            : Optional.of(reason((Element) skipped.item(0))));
        }
    }

    /** The first line of the exception that ended the test, without the exception's name. */
    private static String reason(Element skipped) {
        String text = skipped.getAttribute("message") + skipped.getTextContent();
        return text.strip().lines().findFirst().orElseThrow().replaceFirst("^\\S+Exception: ", "");
    }

    private static String property(Document document, String name) {
        return elements(document, "property").stream()
                .filter(property -> property.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getAttribute("value");
    }

    private static List<Element> elements(Document document, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            found.add((Element) node);
        }
        return found;
    }

    private String text() {
        Set<String> features = new LinkedHashSet<>();
        results.values().forEach(tests -> features.addAll(tests.keySet()));
        Map<String, Integer> notes = new LinkedHashMap<>();
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| |");
        results.keySet().forEach(platform -> page.append(" ").append(platform).append(" |"));
        page.append("\n|---|").append("---|".repeat(results.size())).append("\n");
        for (String feature : features) {
            page.append("| ").append(feature).append(" |");
            for (Map<String, Optional<String>> tests : results.values()) {
                page.append(" ").append(cell(tests.get(feature), notes)).append(" |");
            }
            page.append("\n");
        }
        page.append("\nWhat is refused, and how:\n\n");
        notes.forEach(
                (sentence, number) ->
                        page.append(number).append(". ").append(sentence).append("\n"));
        return page.append(TAIL).toString();
    }

    private static String cell(Optional<String> refusal, Map<String, Integer> notes) {
        if (refusal == null) {
            return "not tried";
        }
        return refusal.map(sentence -> "refused, " + note(sentence, notes)).orElse("yes");
    }

    private static int note(String sentence, Map<String, Integer> notes) {
        return notes.computeIfAbsent(sentence, s -> notes.size() + 1);
    }
}
