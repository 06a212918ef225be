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

    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private final String name;

    private Peer(Process process) throws IOException {
        this.process = process;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.name = answers.readUTF();
    }

    /**
     * Starts a process, which first prints its name; empty if it ends without a name after printing
     * the reason.
     */
    static Optional<Peer> start(List<String> command) throws InterruptedException {
        Process process = null;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return Optional.of(new Peer(process));
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

    /** Sends a question and waits for the answer, which has the given length. */
    byte[] ask(byte[] question, int length) throws IOException {
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
