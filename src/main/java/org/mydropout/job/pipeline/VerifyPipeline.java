package org.mydropout.job.pipeline;

import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.config.WrittenJob;
import org.mydropout.job.record.LineRecord;
import org.mydropout.job.record.LineSource;
import org.mydropout.job.record.RecordCopies;
import org.mydropout.job.record.RecordSchema;

/**
 * The topology of a verification: the records that the input gives, made again, against those of
 * the output. First equal ones meet, keyed by their digests, and are added up to two numbers; what
 * is left over then meets by id and step. In batch mode Flink sorts by key on disk, and of one key
 * nothing grows with the number of its records, so neither input nor output nor the records of one
 * id and step have to fit in memory.
 *
 * <p>Operators have no uids: a verification takes no savepoint.
 */
public final class VerifyPipeline {

    private VerifyPipeline() {}

    /**
     * Adds the operators to an environment, which runs in batch mode.
     *
     * @param written the job whose output is verified; its step does not come from the counter
     */
    public static void build(StreamExecutionEnvironment environment, WrittenJob written) {
        JobConfig job = written.job();
        boolean provenance = job.schema().provenance() != null;
        boolean messages = job.sink().writesMessages();
        DataStream<Tally> expected =
                decoded(
                                environment,
                                "source",
                                job.source().upToNow(),
                                job.schema(),
                                job.copies().orElse(null),
                                !messages)
                        .map(new DropoutMapFunction<>(job.dropout(), LineRecord.ACCESSOR))
                        .returns(LineRecord.class)
                        .name("dropout")
                        .process(
                                new TallyFunction(
                                        true, provenance, messages, written.keepsTimestamps()))
                        .name("expected");
        SingleOutputStreamOperator<LineRecord> output =
                decoded(
                        environment,
                        "output",
                        job.sink().written(job.source().format(), job.outputHeader()),
                        job.schema().ofOutput(),
                        null,
                        false);
        output.getSideOutput(DecodeFunction.DEAD_LETTERS)
                .flatMap(new UnreadableFunction())
                .returns(Types.VOID)
                .name("unreadable")
                .sinkTo(new DiscardingSink<>());
        DataStream<Tally> found =
                output.process(
                                new TallyFunction(
                                        false, provenance, messages, written.keepsTimestamps()))
                        .name("found");
        expected.union(found)
                .keyBy(Tally::digest)
                .reduce(Tally::plus)
                .flatMap(new MatchFunction())
                .name("match")
                .keyBy(Unmatched::idAndStep)
                .reduce(Unmatched::plus)
                .flatMap(new UnmatchedFunction())
                .returns(Types.VOID)
                .name("compare")
                .sinkTo(new DiscardingSink<>());
    }

    private static SingleOutputStreamOperator<LineRecord> decoded(
            StreamExecutionEnvironment environment,
            String name,
            LineSource source,
            RecordSchema schema,
            @Nullable RecordCopies copies,
            boolean refusesLineEnds) {
        return environment
                .fromSource(source.source(), WatermarkStrategy.noWatermarks(), name)
                .process(
                        new DecodeFunction(
                                schema,
                                source.header().orElse(null),
                                copies,
                                refusesLineEnds,
                                true))
                .name("decode " + name);
    }
}
