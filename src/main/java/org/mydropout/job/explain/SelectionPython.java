package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.RecordSelection.SampleConfig;
import org.mydropout.job.augment.RecordSelection.SplitConfig;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.PythonText;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;

/** The Python code that decides whether a record is in a sample, and in which part of a split. */
final class SelectionPython {

    private final DropoutConfig dropout;
    private final RecordPython record;

    /**
     * @param record the code that reads a record
     */
    SelectionPython(DropoutConfig dropout, RecordPython record) {
        this.dropout = dropout;
        this.record = record;
    }

    /** The lines, which need {@link LayerType#PYTHON_APPLY} before them. */
    List<String> lines(RecordSelection selection) {
        List<String> lines = new ArrayList<>();
        selection.sample().ifPresent(sample -> lines.addAll(sampled(sample)));
        selection.split().ifPresent(split -> lines.addAll(part(split)));
        return lines;
    }

    private List<String> sampled(SampleConfig sample) {
        List<String> lines = new ArrayList<>(Sample.PYTHON.lines().toList());
        lines.addAll(record.key(sample.by()));
        String call = "Sample(fraction=%s)".formatted(sample.fraction());
        lines.add("sampled = " + applied(call, Sample.MODULE));
        return lines;
    }

    private List<String> part(SplitConfig split) {
        List<String> lines = new ArrayList<>(Split.PYTHON.lines().toList());
        lines.addAll(record.key(split.by()));
        lines.add(
                "part = [%s][%s]"
                        .formatted(
                                split.parts().stream()
                                        .map(PythonText::quoted)
                                        .collect(Collectors.joining(", ")),
                                applied(dropout.split(split.shares()).pythonCall(), Split.MODULE)));
        return lines;
    }

    /** The call of a submodule without inputs. */
    private static String applied(String call, String name) {
        return "jax.jit(lambda key: Model(lambda: %s, name=%s)).apply({}, rngs={\"dropout\": key}))(key)"
                .formatted(call.substring(0, call.length() - 1), PythonText.quoted(name));
    }
}
