package org.mydropout.job.verify;

import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.augment.DecodeFunction;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.RecordCopies;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.Selection;
import org.mydropout.job.augment.VectorCheck;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.TextRecord;

/**
 * The topology of a verification. It makes the records again from the input and compares them with
 * those of the output. First, equal records are counted, keyed by their digests. Then the records
 * without an equal are paired by id and step. In batch mode Flink sorts by key on disk, and the
 * state of a key does not grow with the number of its records. So neither input nor output, nor the
 * records of one id and step, need to fit in memory.
 *
 * <p>Operators have no uids, because a verification takes no savepoints.
 */
public final class VerifyPipeline {

    private VerifyPipeline() {}

    /**
     * Adds the operators to an environment in batch mode.
     *
     * @param written the job whose output is verified; it must not use the step counter
     */
    public static void build(StreamExecutionEnvironment environment, VerificationConfig written) {
        JobConfig job = written.job();
        boolean provenance = job.schema().provenance() != null;
        boolean messages = job.sink().writesMessages();
        DataStream<RecordCount> expected =
                decoded(
                                environment,
                                "source",
                                job.source().upToNow(),
                                job.schema(),
                                job.copies().orElse(null),
                                job.vectorCheck().orElse(null),
                                job.selection().orElse(null),
                                !messages)
                        .map(new DropoutMapFunction<>(job.dropout(), job.accessor()))
                        .returns(TextRecord.class)
                        .name("dropout")
                        .process(
                                new RecordCountFunction(
                                        job.schema().type(),
                                        true,
                                        provenance,
                                        messages,
                                        written.keepsTimestamps()))
                        .name("expected");
        SingleOutputStreamOperator<TextRecord> output =
                decoded(
                        environment,
                        "output",
                        job.sink().written(job.source().format(), job.outputHeader()),
                        job.schema().ofOutput(),
                        null,
                        null,
                        job.selection().filter(RecordSelection::hasPlaces).isPresent()
                                ? job.sink().directory().map(PartOfFile::new).orElseThrow()
                                : null,
                        false);
        output.getSideOutput(DecodeFunction.DEAD_LETTERS)
                .flatMap(new UnreadableFunction())
                .returns(Types.VOID)
                .name("unreadable")
                .sinkTo(new DiscardingSink<>());
        DataStream<RecordCount> found =
                output.process(
                                new RecordCountFunction(
                                        job.schema().type(),
                                        false,
                                        provenance,
                                        messages,
                                        written.keepsTimestamps()))
                        .name("found");
        expected.union(found)
                .keyBy(RecordCount::digest)
                .reduce(RecordCount::plus)
                .flatMap(new EqualRecordFunction())
                .name("match")
                .keyBy(RecordDiff::idAndStep)
                .reduce(RecordDiff::plus)
                .flatMap(new RecordDiffFunction())
                .returns(Types.VOID)
                .name("compare")
                .sinkTo(new DiscardingSink<>());
    }

    private static SingleOutputStreamOperator<TextRecord> decoded(
            StreamExecutionEnvironment environment,
            String name,
            RecordSource source,
            RecordSchema schema,
            @Nullable RecordCopies copies,
            @Nullable VectorCheck vectorCheck,
            @Nullable Selection selection,
            boolean refusesLineEnds) {
        return environment
                .fromSource(source.source(), WatermarkStrategy.noWatermarks(), name)
                .process(
                        new DecodeFunction(
                                schema,
                                source.header().orElse(null),
                                copies,
                                vectorCheck,
                                selection,
                                refusesLineEnds,
                                true))
                .name("decode " + name);
    }
}
