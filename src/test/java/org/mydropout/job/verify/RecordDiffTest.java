package org.mydropout.job.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mydropout.job.text.ElementType;

/** Tests for {@link RecordDiff} and {@link FirstDifferences}. */
class RecordDiffTest {

    private static ComparedRecord content(float value, String rest) {
        return new ComparedRecord(
                "a",
                "7",
                ElementType.FLOAT32,
                ComparedRecordTest.bits(value),
                null,
                rest.getBytes(UTF_8),
                null,
                null);
    }

    private static RecordDiff reduced(List<RecordCount> counts) {
        return counts.stream().map(RecordDiff::of).reduce(RecordDiff::plus).orElseThrow();
    }

    @Test
    void addsUpEqualContents() {
        RecordCount expected = RecordCount.expected(content(1, "r"));
        RecordCount found = RecordCount.found(content(1, "r"));

        assertThat(expected.plus(expected).plus(found).plus(expected))
                .isEqualTo(new RecordCount(expected.digest(), expected.content(), 3, 1));
    }

    @Test
    void holdsNoMoreOfAGroupThanIsShown() {
        List<RecordCount> counts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            counts.add(RecordCount.expected(content(i, "expected")));
            counts.add(RecordCount.found(content(i, "found")));
        }
        counts.add(RecordCount.expected(content(0, "one more")));

        RecordDiff all = reduced(counts);

        assertThat(all.missing()).isEqualTo(5_001);
        assertThat(all.surplus()).isEqualTo(5_000);
        assertThat(all.different()).isEqualTo(5_000);
        assertThat(all.firstMissing()).hasSize(VerificationResult.SHOWN);
        assertThat(all.firstSurplus()).hasSize(VerificationResult.SHOWN);
        assertThat(all.differences()).hasSize(VerificationResult.SHOWN);
    }

    @Test
    void showsTheSameWhateverTheOrder() {
        List<RecordCount> counts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            counts.add(RecordCount.expected(content(i, "r" + i)));
            counts.add(RecordCount.found(content(-i, "r" + i)));
        }
        List<Difference> differences = reduced(counts).differences();
        FirstDifferences first = new FirstDifferences();
        differences.forEach(first::add);

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(counts, new Random(seed));
            List<Difference> again = reduced(counts).differences();
            assertThat(again).containsExactlyInAnyOrderElementsOf(differences);
            FirstDifferences some = new FirstDifferences();
            FirstDifferences others = new FirstDifferences();
            again.forEach(d -> (d.sentence().hashCode() % 2 == 0 ? some : others).add(d));
            others.merge(some.clone());
            assertThat(others.getLocalValue()).isEqualTo(first.getLocalValue());
        }
    }

    @Test
    void holdsThoseAgainstEachOtherWhoseOtherFieldsAgree() {
        List<RecordCount> counts =
                List.of(
                        RecordCount.expected(content(1, "lost")),
                        RecordCount.expected(content(2, "b")),
                        RecordCount.expected(content(3, "c")),
                        RecordCount.found(content(30, "c")),
                        RecordCount.found(content(20, "b")));

        assertThat(reduced(counts).differences())
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "id a, step 7 must have 2.0 (40000000) at index 0, but has 20.0 (41a00000)",
                        "id a, step 7 must have 3.0 (40400000) at index 0, but has 30.0 (41f00000)",
                        "id a, step 7 is missing");
    }

    @Test
    void countsEqualOnesThatAreThereTooOften() {
        RecordCount thrice = new RecordCount("d", content(1, "x"), 0, 3);
        RecordCount once = RecordCount.expected(content(1, "y"));

        RecordDiff all = reduced(List.of(thrice, once));

        assertThat(all.different()).isEqualTo(1);
        assertThat(all.surplus()).isEqualTo(3);
        assertThat(all.differences())
                .extracting(Difference::kind)
                .containsExactly(
                        VerifyCount.DIFFERENT, VerifyCount.UNEXPECTED, VerifyCount.UNEXPECTED);
    }

    @Test
    void ordersDifferencesByIdAndStepAsNumbers() {
        FirstDifferences first = new FirstDifferences();
        for (int i = 30; i > 0; i--) {
            first.add(new Difference(VerifyCount.MISSING, "" + i % 3, "" + i, "is missing"));
        }

        assertThat(first.getLocalValue())
                .extracting(difference -> difference.id() + "@" + difference.step())
                .containsExactly(
                        "0@3", "0@6", "0@9", "0@12", "0@15", "0@18", "0@21", "0@24", "0@27",
                        "0@30");
    }
}
