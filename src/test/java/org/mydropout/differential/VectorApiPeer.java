package org.mydropout.differential;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.mydropout.kernel.layer.MyDropout;

/**
 * Answers batches, each given by salt and number, with the loops of the Vector API. It runs in a
 * separate JVM, because a JVM uses only one implementation of the loops.
 */
final class VectorApiPeer {

    private VectorApiPeer() {}

    /** Answers until standard input ends. */
    public static void main(String[] args) throws IOException {
        if (!MyDropout.usesVectorApi()) {
            System.err.println("This JVM has no Vector API that is worth using.");
            return;
        }
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        DataInputStream in = new DataInputStream(System.in);
        out.writeUTF("Vector API, Java " + Runtime.version());
        out.flush();
        try {
            while (in.readInt() == 2 * Long.BYTES) {
                out.write(KernelAnswer.of(Batch.of(in.readLong(), in.readLong())));
                out.flush();
            }
        } catch (EOFException e) {
            out.flush();
        }
    }
}
