package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.AugmentPipeline;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Jobs from JSON lines to JSON lines, in seconds per job. The elements are normally distributed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = {Cluster.HEAP, Cluster.OPEN_LANG, Cluster.OPEN_UTIL})
public class FilesBenchmark {

    private static final int ELEMENTS = 1 << 24;

    @Param({"128", "1024"})
    private int size;

    private Cluster cluster;
    private Path input;
    private Path output;

    /** The number of records of a job whose vectors have the given size. */
    static int records(int size) {
        return ELEMENTS / size;
    }

    /** Writes the input and starts the cluster. */
    @Setup
    public void start() throws Exception {
        Path directory = Files.createTempDirectory("files-benchmark");
        input = directory.resolve("in.jsonl");
        output = directory.resolve("out");
        Lines.write(input, size, records(size));
        cluster = new Cluster(1, new Configuration());
    }

    /** Stops the cluster. */
    @TearDown
    public void stop() throws Exception {
        cluster.close();
        FileUtils.deleteDirectory(input.getParent().toFile());
    }

    /** Deletes the output of the last job. */
    @TearDown(Level.Invocation)
    public void delete() throws IOException {
        FileUtils.deleteDirectory(output.toFile());
    }

    /** The job that a job file describes. */
    @Benchmark
    public void dropout() throws Exception {
        job("0.1");
    }

    /** The same job with rate 0. */
    @Benchmark
    public void rateZero() throws Exception {
        job("0");
    }

    /** A simple implementation without keyBy, which this job does not need. */
    @Benchmark
    public void treeModel() throws Exception {
        tree(lines -> lines);
    }

    /** The simple implementation, with the lines keyed by id as in our job. */
    @Benchmark
    public void keyedTreeModel() throws Exception {
        tree(lines -> lines.keyBy(TreeDropout::id));
    }

    private void tree(UnaryOperator<DataStream<String>> exchange) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment(JobFile.base());
        FileSource<String> source =
                FileSource.forRecordStreamFormat(
                                new TextLineInputFormat(),
                                new org.apache.flink.core.fs.Path(input.toUri()))
                        .build();
        FileSink<String> sink =
                FileSink.forRowFormat(
                                new org.apache.flink.core.fs.Path(output.toUri()),
                                new SimpleStringEncoder<String>())
                        .build();
        DataStream<String> lines =
                environment
                        .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                        .uid("source");
        exchange.apply(lines)
                .map(new TreeDropout(DropoutConfig.builder().rate(0.1).seed(42).build()))
                .uid("dropout")
                .sinkTo(sink)
                .uid("sink");
        environment.execute();
    }

    private void job(String rate) throws Exception {
        Map<String, String> options = new LinkedHashMap<>(JobFile.base().toMap());
        options.put("source.connector", "filesystem");
        options.put("source.path", input.toString());
        options.put("source.format", "json");
        options.put("sink.connector", "filesystem");
        options.put("sink.path", output.toString());
        options.put("dropout.rate", rate);
        options.put("dropout.seed", "42");
        options.put("execution.checkpointing.interval", "10 s");
        Configuration configuration = Configuration.fromMap(options);
        StreamExecutionEnvironment environment = cluster.environment(configuration);
        AugmentPipeline.build(environment, JobConfigReader.read(configuration));
        environment.execute();
    }
}
