package io.flinkinference.helm;

import static org.apache.flink.kubernetes.configuration.KubernetesConfigOptions.EXTERNAL_RESOURCE_KUBERNETES_CONFIG_KEY_SUFFIX;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptionsInternal;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.kubeclient.Fabric8FlinkKubeClient;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesTaskManagerFactory;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesTaskManagerParameters;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Pod;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.client.ConfigBuilder;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import org.apache.flink.kubernetes.utils.KubernetesUtils;
import org.apache.flink.runtime.clusterframework.ContaineredTaskManagerParameters;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.externalresource.ExternalResourceUtils;

/**
 * Makes TaskManager pods as Flink itself does of a FlinkDeployment in native mode. Its client asks
 * nothing of any cluster.
 */
final class FlinkPods implements AutoCloseable {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final Fabric8FlinkKubeClient client =
      new Fabric8FlinkKubeClient(
          Configuration.fromMap(Map.of("kubernetes.cluster-id", "none")),
          new KubernetesClientBuilder()
              .withConfig(
                  new ConfigBuilder()
                      .withAutoConfigure(false)
                      .withMasterUrl("http://127.0.0.1:1")
                      .build())
              .build()
              .adapt(NamespacedKubernetesClient.class),
          executor);

  /** The pod; the folder is for files that Flink reads. */
  Pod taskManager(JsonNode deployment, Path folder) throws IOException {
    Configuration configuration = configuration(deployment);
    configuration.set(DeploymentOptionsInternal.CONF_DIR, folder.toString());
    Path template = folder.resolve("template.yaml");
    Files.writeString(
        template, Documents.YAML.writeValueAsString(PodTemplates.ofTaskManager(deployment)));
    return KubernetesTaskManagerFactory.buildTaskManagerKubernetesPod(
            KubernetesUtils.loadPodFromTemplateFile(
                client, template.toFile(), "flink-main-container"),
            parameters(configuration))
        .getInternalResource();
  }

  static Configuration configuration(JsonNode deployment) {
    Configuration configuration = new Configuration();
    deployment
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(entry -> configuration.setString(entry.getKey(), entry.getValue().asText()));
    // What the operator and Flink's own client make of the rest.
    configuration.set(TaskManagerOptions.RPC_PORT, "6122");
    JsonNode resource = deployment.at("/spec/taskManager/resource");
    configuration.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(resource.get("memory").asText()));
    configuration.set(KubernetesConfigOptions.TASK_MANAGER_CPU, resource.get("cpu").asDouble());
    configuration.set(KubernetesConfigOptions.CLUSTER_ID, deployment.at("/metadata/name").asText());
    configuration.set(
        KubernetesConfigOptions.CONTAINER_IMAGE, deployment.at("/spec/image").asText());
    configuration.set(
        KubernetesConfigOptions.KUBERNETES_SERVICE_ACCOUNT,
        deployment.at("/spec/serviceAccount").asText());
    return configuration;
  }

  @Override
  public void close() {
    client.close();
    executor.shutdownNow();
  }

  private static KubernetesTaskManagerParameters parameters(Configuration configuration) {
    return new KubernetesTaskManagerParameters(
        configuration,
        "scores-taskmanager-1-1",
        "",
        "",
        ContaineredTaskManagerParameters.create(
            configuration, TaskExecutorProcessUtils.processSpecFromConfig(configuration)),
        ExternalResourceUtils.getExternalResourceConfigurationKeys(
            configuration, EXTERNAL_RESOURCE_KUBERNETES_CONFIG_KEY_SUFFIX),
        Set.of());
  }
}
