package org.mydropout.job.connector;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.TextFormat;

/** The options of how CSV is written, with the names that Flink's format {@code csv} has. */
public final class CsvOptions {

    public static final ConfigOption<String> FIELD_DELIMITER =
            key("source.csv.field-delimiter")
                    .stringType()
                    .defaultValue(",")
                    .withDescription(
                            "The character between two cells, \\t for a tab. The output has the same.");

    public static final ConfigOption<String> QUOTE_CHARACTER =
            key("source.csv.quote-character")
                    .stringType()
                    .defaultValue("\"")
                    .withDescription(
                            "The character around a cell that holds delimiters, quotes or line"
                                    + " ends; a quote inside of it is two. A row ends at the first"
                                    + " line end outside of quotes.");

    public static final ConfigOption<String> ARRAY_ELEMENT_DELIMITER =
            key("source.csv.array-element-delimiter")
                    .stringType()
                    .defaultValue(";")
                    .withDescription(
                            "The character between two numbers of a vector in one cell, such as ';',"
                                    + " '|' or ' '. A cell such as \"[0.1, 0.2]\" is read as a list"
                                    + " whatever this is. A vector leaves as it came: with the same"
                                    + " character, or as a list.");

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(FIELD_DELIMITER, QUOTE_CHARACTER, ARRAY_ELEMENT_DELIMITER);

    private static final String RULE = "a character of ASCII that no number, array or line end has";

    private static final String OF_NUMBERS_AND_ARRAYS = ".+-[]\\";

    private final OptionReader options;

    private CsvOptions(OptionReader options) {
        this.options = options;
    }

    /** Reads the dialect of a source; empty if anything is wrong with it. */
    public static Optional<CsvDialect> dialect(OptionReader options, TextFormat format) {
        return new CsvOptions(options).dialect(format);
    }

    private Optional<CsvDialect> dialect(TextFormat format) {
        if (format != TextFormat.CSV) {
            ALL.stream()
                    .filter(options::isSet)
                    .forEach(
                            option ->
                                    options.problem(
                                            "%s must not be set where source.format is %s."
                                                    .formatted(option.key(), format)));
            return Optional.of(CsvDialect.DEFAULT);
        }
        Optional<Character> delimiter = character(FIELD_DELIMITER);
        Optional<Character> quote = character(QUOTE_CHARACTER);
        Optional<Character> arrayDelimiter = character(ARRAY_ELEMENT_DELIMITER);
        if (delimiter.isEmpty() || quote.isEmpty() || arrayDelimiter.isEmpty()) {
            return Optional.empty();
        }
        if (quote.equals(delimiter) || quote.equals(arrayDelimiter)) {
            options.problem(
                    "%s must be none of the delimiters, but is '%s'."
                            .formatted(QUOTE_CHARACTER.key(), quote.get()));
            return Optional.empty();
        }
        return Optional.of(new CsvDialect(delimiter.get(), quote.get(), arrayDelimiter.get()));
    }

    private Optional<Character> character(ConfigOption<String> option) {
        String text = options.optional(option, "a text").orElse("");
        String character = text.equals("\\t") ? "\t" : text;
        if (character.length() == 1 && isDelimiter(character.charAt(0))) {
            return Optional.of(character.charAt(0));
        }
        options.mustBe(option, RULE, "'" + text + "'");
        return Optional.empty();
    }

    private static boolean isDelimiter(char character) {
        boolean printable = character == '\t' || (character >= ' ' && character < 0x7F);
        return printable
                && !Character.isLetterOrDigit(character)
                && OF_NUMBERS_AND_ARRAYS.indexOf(character) < 0;
    }
}
