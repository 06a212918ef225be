package org.mydropout.job.pipeline;

import javax.annotation.Nullable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.record.LineRecord;
import org.mydropout.job.record.LineSource;
import org.mydropout.job.record.RecordCopies;
import org.mydropout.job.record.RecordSchema;

/**
 * The topology of a verification: the records that the input gives, made again, against those of
 * the output, grouped by id and step. In batch mode Flink sorts both on disk, so neither has to fit
 * in memory.
 *
 * <p>Operators have no uids: a verification takes no savepoint, and {@code coGroup} adds operators
 * that none can be given to.
 */
public final class VerifyPipeline {

    private VerifyPipeline() {}

    /**
     * Adds the operators to an environment, which runs in batch mode.
     *
     * @param config the job whose output is verified; its step does not come from the counter
     */
    public static void build(StreamExecutionEnvironment environment, JobConfig config) {
        DataStream<LineRecord> expected =
                decoded(
                                environment,
                                "source",
                                config.source().upToNow(),
                                config.schema(),
                                config.copies().orElse(null),
                                config.sink().separatesByLineEnds())
                        .map(new DropoutMapFunction<>(config.dropout(), LineRecord.ACCESSOR))
                        .returns(LineRecord.class)
                        .name("dropout");
        SingleOutputStreamOperator<LineRecord> found =
                decoded(
                        environment,
                        "output",
                        config.sink().written(config.source().format(), config.outputHeader()),
                        config.schema().ofOutput(),
                        null,
                        false);
        found.getSideOutput(DecodeFunction.DEAD_LETTERS)
                .flatMap(new UnreadableFunction())
                .returns(Types.VOID)
                .name("unreadable")
                .sinkTo(new DiscardingSink<>());
        expected.coGroup(found)
                .where(LineRecord::idAndStep)
                .equalTo(LineRecord::idAndStep)
                .window(GlobalWindows.createWithEndOfStreamTrigger())
                .apply(new CompareFunction(), Types.VOID)
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
