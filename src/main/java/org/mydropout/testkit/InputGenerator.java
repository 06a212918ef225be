package org.mydropout.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Gives an input by its index. It holds the inputs as bytes of Flink's serializer, so they need not
 * be Serializable.
 */
final class InputGenerator<T> implements GeneratorFunction<Long, T> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> serializer;
    private final InducedFailure failure;
    private final ArrayList<byte[]> inputs = new ArrayList<>();

    InputGenerator(TypeSerializer<T> serializer, List<T> inputs, InducedFailure failure)
            throws IOException {
        this.serializer = serializer;
        this.failure = failure;
        for (T input : inputs) {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            serializer.serialize(input, bytes);
            this.inputs.add(bytes.getCopyOfBuffer());
        }
    }

    @Override
    public T map(Long index) throws IOException {
        failure.before(index);
        return serializer.deserialize(new DataInputDeserializer(inputs.get(index.intValue())));
    }
}
