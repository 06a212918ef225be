package org.mydropout.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;

/** Dropout from line to line in a simple way, with Jackson's tree model. */
final class TreeDropout extends RichMapFunction<String, String> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DropoutMapFunction<FeatureVector> dropout;

    TreeDropout(DropoutConfig config) {
        this.dropout = new DropoutMapFunction<>(config, FeatureVector.ACCESSOR);
    }

    /** The id of a line, which is parsed for it. */
    static long id(String line) throws IOException {
        return MAPPER.readTree(line).get("id").asLong();
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        dropout.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) {
        dropout.open(context);
    }

    @Override
    public String map(String line) throws IOException {
        ObjectNode object = (ObjectNode) MAPPER.readTree(line);
        JsonNode features = object.get("features");
        float[] values = new float[features.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.get(i).floatValue();
        }
        FeatureVector result =
                dropout.map(
                        new FeatureVector(
                                object.get("id").asLong(), object.get("step").asLong(), values));
        ArrayNode array = object.putArray("features");
        for (float value : result.values()) {
            array.add(value);
        }
        return MAPPER.writeValueAsString(object);
    }
}
