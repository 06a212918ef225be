package org.mydropout.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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

    /** The number of completed checkpoints of a job, including savepoints. */
    int completedCheckpoints(String job) throws InterruptedException {
        return checkpoints(job).path("counts").path("completed").asInt();
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

    private JsonNode checkpoints(String job) throws InterruptedException {
        return get("/jobs/" + job + "/checkpoints").orElse(JSON.missingNode());
    }

    private Optional<JsonNode> get(String path) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(10)).build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.of(JSON.readTree(response.body()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the JobManager is starting, or was killed
        }
    }
}
