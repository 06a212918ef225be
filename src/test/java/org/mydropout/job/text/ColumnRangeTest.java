package org.mydropout.job.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ColumnRange}. */
class ColumnRangeTest {

    @ParameterizedTest
    @CsvSource({
        "features, 'id features', 1, 1, true",
        "p1..p3, 'id p1 p2 p3 x', 1, 3, false",
        "p3..p1, 'p3 p2 p1', 0, 2, false",
        "p1..p1, 'p1 p1..p1', 1, 1, true",
        "p1..p1, 'p0 p1', 1, 1, false",
        "0..2, '0 1 2', 0, 2, false",
        "9..11, '9 10 11', 0, 2, false",
        "red..blue, 'red green blue', 0, 2, false",
        "a1..b1, 'a1 x b1', 0, 2, false",
        "p01..p03, 'p01 anything p03', 0, 2, false",
        "a..b..c, 'a b..c', 0, 1, false"
    })
    void findsAColumnOrARange(String field, String columns, int first, int last, boolean isNamed) {
        assertThat(ColumnRange.of(field, List.of(columns.split(" "))))
                .isEqualTo(new ColumnRange(first, last, isNamed));
    }

    @ParameterizedTest
    @CsvSource({
        "features, 'a b', 'the column ''features'', but names [a, b]'",
        "p1..p9, 'p1 p2', 'the columns ''p1'' and ''p9'', but names [p1, p2]'",
        "b..a, 'a b', 'the column ''b'' before ''a'', but names it after'",
        "'p1..p3', 'p1 p10 p2 p3', "
                + "'the columns ''p1'' to ''p3'' in the order of their numbers, but names ''p10'' where ''p2'' is due'",
        "'p1..p3', 'p1 x p3', "
                + "'the columns ''p1'' to ''p3'' in the order of their numbers, but names ''x'' where ''p2'' is due'",
        "'p1..p3', 'p1 p3', "
                + "'the columns ''p1'' to ''p3'' in the order of their numbers, but names ''p3'' where ''p2'' is due'",
        "..a, a, 'the column ''..a'', but names [a]'"
    })
    void saysWhatIsWrong(String field, String columns, String problem) {
        List<String> names = List.of(columns.split(" "));

        assertThat(ColumnRange.problem(field, names)).contains(problem);
        assertThatThrownBy(() -> ColumnRange.of(field, names)).hasMessage(problem);
    }

    @Test
    void takesNumbersOfAnyLengthForNames() {
        assertThat(ColumnRange.problem("p1..p99999999999", List.of("p1", "p99999999999")))
                .isEmpty();
    }
}
