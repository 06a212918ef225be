package org.mydropout.differential;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Another process that answers batches one after the other through its standard streams. */
final class Peer implements AutoCloseable {

    /** What a peer is told of a batch. */
    @FunctionalInterface
    interface Asking {
        byte[] question(long salt, long number, Batch batch) throws IOException;
    }

    private final Process process;
    private final Asking asking;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private final String name;

    private Peer(Process process, Asking asking) throws IOException {
        this.process = process;
        this.asking = asking;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.name = answers.readUTF();
    }

    /**
     * Starts a process, which first prints its name; empty if it ends without a name after printing
     * the reason.
     */
    static Optional<Peer> start(List<String> command, Asking asking) throws InterruptedException {
        Process process = null;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return Optional.of(new Peer(process, asking));
        } catch (EOFException e) {
            process.waitFor();
            return Optional.empty();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return Optional.empty();
        }
    }

    /** The name of the process, with its version. */
    String name() {
        return name;
    }

    /** Asks about a batch and waits for the answer, which has the given length. */
    byte[] ask(long salt, long number, Batch batch, int length) throws IOException {
        byte[] question = asking.question(salt, number, batch);
        questions.writeInt(question.length);
        questions.write(question);
        questions.flush();
        return answers.readNBytes(length);
    }

    /** Ends the process by closing its input. */
    @Override
    public void close() throws IOException {
        questions.close();
        process.onExit().join();
    }
}
