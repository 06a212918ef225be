package org.mydropout.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The state of a cluster, read from its REST API. */
final class ClusterRest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI root;

    ClusterRest(int port) {
        this.root = URI.create("http://localhost:" + port);
    }

    /** The number of registered TaskManagers; 0 while the JobManager does not answer. */
    int taskManagers() throws InterruptedException {
        return get("/overview").map(overview -> overview.path("taskmanagers").asInt()).orElse(0);
    }

    /** The state of a job, such as {@code RUNNING}; empty while the JobManager does not answer. */
    String state(String job) throws InterruptedException {
        return get("/jobs/" + job).map(answer -> answer.path("state").asText()).orElse("");
    }

    /** The id of a job that runs. */
    Optional<String> runningJob() throws InterruptedException {
        for (JsonNode job : get("/jobs").orElse(JSON.missingNode()).path("jobs")) {
            if (job.path("status").asText().equals("RUNNING")) {
                return Optional.of(job.path("id").asText());
            }
        }
        return Optional.empty();
    }

    /** Whether the JobManager answers that it does not know a job. */
    boolean isUnknown(String job) throws InterruptedException {
        try {
            return answer("/jobs/" + job).statusCode() == 404;
        } catch (IOException e) {
            return false; // the JobManager is starting, or was killed
        }
    }

    /** Whether all tasks of one of a job's vertices have finished. */
    boolean hasFinishedVertex(String job) throws InterruptedException {
        return get("/jobs/" + job)
                        .orElse(JSON.missingNode())
                        .path("status-counts")
                        .path("FINISHED")
                        .asInt()
                > 0;
    }

    /** The failures of a job, the last one first, as the JobManager keeps them. */
    String failures(String job) throws InterruptedException {
        return get("/jobs/" + job + "/exceptions")
                .map(JsonNode::toPrettyString)
                .orElse("no answer");
    }

    /** The number of completed checkpoints of a job, including savepoints. */
    int completedCheckpoints(String job) throws InterruptedException {
        return checkpoints(job).path("counts").path("completed").asInt();
    }

    /** The number of failed checkpoints and savepoints of a job. */
    int failedCheckpoints(String job) throws InterruptedException {
        return checkpoints(job).path("counts").path("failed").asInt();
    }

    /** Whether a checkpoint or savepoint of a job has begun and has not ended. */
    boolean isCheckpointInProgress(String job) throws InterruptedException {
        return checkpoints(job).path("counts").path("in_progress").asInt() > 0;
    }

    /** When the last completed checkpoint of a job was triggered; the epoch if there is none. */
    Instant lastCheckpoint(String job) throws InterruptedException {
        return Instant.ofEpochMilli(
                checkpoints(job)
                        .path("latest")
                        .path("completed")
                        .path("trigger_timestamp")
                        .asLong());
    }

    /** The number of times that a job was restored from a checkpoint or savepoint. */
    int restoredCheckpoints(String job) throws InterruptedException {
        return checkpoints(job).path("counts").path("restored").asInt();
    }

    /** The resource id of the TaskManager on which the first subtask of a job's source runs. */
    Optional<String> taskManagerOfSource(String job) throws InterruptedException {
        String vertex =
                get("/jobs/" + job)
                        .map(answer -> answer.path("vertices").path(0).path("id").asText())
                        .orElse("");
        return get("/jobs/" + job + "/vertices/" + vertex)
                .map(answer -> answer.path("subtasks").path(0).path("taskmanager-id").asText())
                .filter(id -> !id.isEmpty());
    }

    /**
     * Begins to stop a job with a savepoint, and returns the request's id; empty if the JobManager
     * refuses, as while the job restarts.
     */
    Optional<String> stop(String job) throws InterruptedException {
        try {
            return Optional.of(send("POST", "/jobs/" + job + "/stop").path("request-id").asText());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Begins a checkpoint. */
    void checkpoint(String job) throws IOException, InterruptedException {
        send("POST", "/jobs/" + job + "/checkpoints");
    }

    /** Whether a request of {@link #stop} has ended, well or not. */
    boolean isStopped(String job, String request) throws InterruptedException {
        return get("/jobs/" + job + "/savepoints/" + request)
                .map(answer -> answer.path("status").path("id").asText().equals("COMPLETED"))
                .orElse(false);
    }

    void cancel(String job) throws IOException, InterruptedException {
        send("PATCH", "/jobs/" + job + "?mode=cancel");
    }

    /** Uploads a jar, as Flink's web interface does, and returns its id. */
    String upload(Path jar) throws IOException, InterruptedException {
        String boundary = "jar-boundary";
        String head =
                """
                --%s\r
                Content-Disposition: form-data; name="jarfile"; filename="job.jar"\r
                Content-Type: application/x-java-archive\r
                \r
                """
                        .formatted(boundary);
        BodyPublisher body =
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(jar),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        JsonNode answer =
                send("POST", "/jars/upload", "multipart/form-data; boundary=" + boundary, body);
        return Path.of(answer.path("filename").asText()).getFileName().toString();
    }

    /**
     * Runs a jar with arguments in the JobManager, and returns the id of its job.
     *
     * @throws IOException with the answer, if the program fails
     */
    String runJar(String jar, String... arguments) throws IOException, InterruptedException {
        BodyPublisher body =
                BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("programArgsList", arguments)));
        return send("POST", "/jars/" + jar + "/run", "application/json", body)
                .path("jobid")
                .asText();
    }

    private JsonNode send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, "application/json", BodyPublishers.ofString("{}"));
    }

    private JsonNode send(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path))
                        .timeout(Duration.ofMinutes(2))
                        .method(method, body)
                        .header("Content-Type", type)
                        .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("The answer to %s is: %s".formatted(path, response.body()));
        }
        return JSON.readTree(response.body());
    }

    private JsonNode checkpoints(String job) throws InterruptedException {
        return get("/jobs/" + job + "/checkpoints").orElse(JSON.missingNode());
    }

    private Optional<JsonNode> get(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = answer(path);
            return response.statusCode() == 200
                    ? Optional.of(JSON.readTree(response.body()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the JobManager is starting, or was killed
        }
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(10)).build();
        return http.send(request, BodyHandlers.ofString());
    }
}
