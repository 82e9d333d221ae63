package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Container;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Pod;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.PodSpec;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Quantity;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Toleration;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Volume;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pods that Flink makes in native mode, from what the chart renders and the operator merges.
 */
class TaskManagerPodTest {

  private static final Map<String, Pod> PODS = new HashMap<>();

  @TempDir Path directory;

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    try (FlinkPods flink = new FlinkPods()) {
      for (String way : List.of("cpu", "mig", "production", "pvc")) {
        PODS.put(way, flink.taskManager(Documents.one(way, "FlinkDeployment", ""), folder));
      }
    }
  }

  private static Pod pod(String way) {
    return PODS.get(way);
  }

  private static Container main(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals("flink-main-container"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void podAsksForItsSliceOfTheGpuOnce() throws Exception {
    Pod pod = pod("mig");
    String mig = "nvidia.com/mig-1g.10gb";
    assertThat(main(pod).getResources().getLimits()).containsEntry(mig, new Quantity("1"));
    assertThat(main(pod).getResources().getRequests()).containsEntry(mig, new Quantity("1"));
    assertThat(main(pod).getResources().getLimits().keySet())
        .containsExactlyInAnyOrder("cpu", "memory", mig);
    assertThat(pod.getSpec().getRuntimeClassName()).isEqualTo("nvidia");
    assertThat(pod.getSpec().getTolerations())
        .extracting(Toleration::getKey)
        .containsExactly("nvidia.com/gpu");
    assertThat(pod.getSpec().getNodeSelector()).containsKey("nvidia.com/gpu.product");
  }

  @Test
  void podWithoutGpuAsksForNone() {
    assertThat(main(pod("cpu")).getResources().getLimits()).containsOnlyKeys("cpu", "memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "mig", "production", "pvc"})
  void podRunsWithAsFewRightsAsItCan(String way) throws Exception {
    PodSpec spec = pod(way).getSpec();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(9999);
    assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    Container main = main(pod(way));
    assertThat(main.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(main.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(main.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(main.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/tmp", "/opt/flink/log")
        .doesNotHaveDuplicates();
  }

  @Test
  void podHasTheModelReadOnly() throws Exception {
    for (String way : new String[] {"mig", "production", "pvc"}) {
      VolumeMount model =
          main(pod(way)).getVolumeMounts().stream()
              .filter(mount -> mount.getName().equals("model"))
              .findFirst()
              .orElseThrow();
      assertThat(model.getMountPath()).isEqualTo("/models");
      assertThat(model.getReadOnly()).isTrue();
    }
    Volume image =
        pod("mig").getSpec().getVolumes().stream()
            .filter(volume -> volume.getName().equals("model"))
            .findFirst()
            .orElseThrow();
    assertThat(image.getImage().getReference()).isEqualTo("models/sentiment:1");
  }

  @Test
  void podHasSecretsAndWhatWasAdded() throws Exception {
    Pod pod = pod("production");
    assertThat(main(pod).getEnv())
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("KAFKA_PASSWORD");
              assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                  .isEqualTo("kafka-user");
            });
    assertThat(main(pod).getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/etc/kafka-tls", "/etc/registry", "/extra");
    assertThat(pod.getSpec().getInitContainers())
        .extracting(Container::getName)
        .containsExactly("model", "wait");
    assertThat(pod.getSpec().getTopologySpreadConstraints())
        .extracting(TopologySpreadConstraint::getTopologyKey)
        .containsExactly("topology.kubernetes.io/zone");
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(60L);
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("team", "reviews")
        .containsEntry("app.kubernetes.io/component", "taskmanager");
  }

  /** The operator would keep the last of them where both templates have mounts. */
  @Test
  void bothMountsOfOneVolumeAreThere() throws Exception {
    JsonNode deployment =
        deployment(
            """
            pod:
              volumeMounts:
                - {name: extra, mountPath: /extra/a, subPath: a}
                - {name: extra, mountPath: /extra/b, subPath: b}
            """);
    for (JsonNode pod :
        List.of(PodTemplates.ofTaskManager(deployment), PodTemplates.ofJobManager(deployment))) {
      assertThat(pod.at("/spec/containers/0/volumeMounts"))
          .extracting(mount -> mount.get("mountPath").asText())
          .contains("/tmp", "/opt/flink-inference/job", "/extra/a", "/extra/b");
    }
    assertThat(PodTemplates.ofTaskManager(deployment).at("/spec/containers/0/volumeMounts"))
        .extracting(mount -> mount.get("mountPath").asText())
        .contains("/models");
  }

  /** What they bring may be a file that the job is built from. */
  @Test
  void initContainersRunOnTheJobManagerTooUnlessTheyWantTheModelOrAGpu() throws Exception {
    JsonNode deployment =
        deployment(
            """
            pod:
              initContainers:
                - {name: labels, image: "busybox:1.36"}
                - {name: unpack, image: "busybox:1.36", volumeMounts: [{name: model, mountPath: /m}]}
                - {name: compile, image: "busybox:1.36", resources: {limits: {nvidia.com/gpu: 1}}}
            """);
    assertThat(PodTemplates.ofJobManager(deployment).at("/spec/initContainers"))
        .extracting(container -> container.get("name").asText())
        .containsExactly("labels");
    assertThat(PodTemplates.ofTaskManager(deployment).at("/spec/initContainers"))
        .extracting(container -> container.get("name").asText())
        .containsExactly("model", "labels", "unpack", "compile");
  }

  @Test
  void affinitiesOfTaskManagersAndOfGpusAreBothTheirs() throws Exception {
    String over =
        """
        gpu: {affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}}
        taskManager: {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}}
        """;
    JsonNode deployment =
        Documents.one(
            Documents.with(directory.resolve("values.yaml"), "mig", over), "FlinkDeployment", "");
    assertThat(PodTemplates.ofTaskManager(deployment).at("/spec/affinity").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("nodeAffinity", "podAntiAffinity");
  }

  private JsonNode deployment(String over) throws Exception {
    return Documents.one(
        Documents.with(directory.resolve("values.yaml"), "production", over),
        "FlinkDeployment",
        "");
  }
}
