package org.mydropout.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextFormat;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.TextRecordEncoder;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decodes a line and encodes a record, in nanoseconds per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextBenchmark {

    /** Enough different lines that branch prediction cannot learn the digits. */
    private static final int LINES = 1024;

    @Param({"128", "1024"})
    private int size;

    @Param({"JSON", "CSV"})
    private TextFormat format;

    /** Decimals in the shortest form of a float32, or rounded to six places; or base64. */
    @Param({"shortest", "places6", "base64-le", "base64-be"})
    private String values;

    private final SourceRecord[] lines = new SourceRecord[LINES];
    private final TextRecord[] records = new TextRecord[LINES];
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private RecordDecoder decoder;
    private TextRecordEncoder encoder;
    private int next;

    /** Makes the lines and decodes them. */
    @Setup
    public void makeLines() throws RefusedLineException {
        CsvHeader header =
                format == TextFormat.CSV
                        ? CsvHeader.of(
                                "id,step,place,features".getBytes(StandardCharsets.UTF_8),
                                CsvDialect.DEFAULT)
                        : null;
        FeaturesEncoding encoding =
                Stream.of(FeaturesEncoding.values())
                        .filter(known -> known.toString().equals(values))
                        .findFirst()
                        .orElse(FeaturesEncoding.ARRAY);
        decoder =
                RecordDecoder.of(
                        new RecordSchema(
                                "id",
                                IdType.UINT32,
                                "step",
                                StepType.UINT32,
                                StepField.READ,
                                "features",
                                encoding,
                                null,
                                null),
                        header);
        encoder =
                format == TextFormat.CSV
                        ? new TextRecordEncoder(encoding, CsvDialect.DEFAULT)
                        : new TextRecordEncoder(encoding);
        Random random = new Random(42);
        for (int i = 0; i < LINES; i++) {
            byte[] text = line(random, i, encoding).getBytes(StandardCharsets.UTF_8);
            lines[i] = new SourceRecord(text, text.length, "in", i + 1);
            records[i] = decoder.decode(lines[i]);
        }
    }

    private String line(Random random, int id, FeaturesEncoding encoding) {
        String features = encoding.isBase64() ? base64(random, encoding) : decimals(random);
        String line =
                format == TextFormat.CSV
                        ? "%d,0,a line,%s"
                        : "{\"id\":%d,\"step\":0,\"place\":\"a line\",\"features\":%s}";
        return line.formatted(id, features);
    }

    private String base64(Random random, FeaturesEncoding encoding) {
        ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(encoding.byteOrder());
        for (int k = 0; k < size; k++) {
            bytes.putFloat((float) random.nextGaussian());
        }
        String text = Base64.getEncoder().encodeToString(bytes.array());
        return format == TextFormat.CSV ? text : '"' + text + '"';
    }

    private String decimals(Random random) {
        StringJoiner features =
                format == TextFormat.CSV ? new StringJoiner(";") : new StringJoiner(",", "[", "]");
        for (int k = 0; k < size; k++) {
            float value = (float) random.nextGaussian();
            features.add(
                    values.equals("shortest") ? Float.toString(value) : "%.6f".formatted(value));
        }
        return features.toString();
    }

    /** Reads a line. */
    @Benchmark
    public TextRecord decode() throws RefusedLineException {
        return decoder.decode(lines[next++ % LINES]);
    }

    /** Writes a record. */
    @Benchmark
    public OutputStream encode() throws IOException {
        out.reset();
        encoder.encode(records[next++ % LINES], out);
        return out;
    }
}
