package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreKindsTest {

  @ParameterizedTest
  @MethodSource("io.flinkinference.helm.Chart#ways")
  void kubernetesKnowsEveryKey(String way) throws Exception {
    for (JsonNode document : Documents.of(Chart.render(way))) {
      validate(document);
      assertThat(document.at("/metadata/namespace").asText()).isEqualTo("streams");
    }
  }

  private static void validate(JsonNode document) throws IOException {
    JsonElement json = JsonParser.parseString(document.toString());
    String kind = document.get("kind").asText();
    switch (kind) {
      case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
      case "Deployment" -> V1Deployment.validateJsonElement(json);
      case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
      case "PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
      case "Role" -> V1Role.validateJsonElement(json);
      case "RoleBinding" -> V1RoleBinding.validateJsonElement(json);
      case "ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
      case "FlinkDeployment", "PodMonitor", "PrometheusRule" -> {}
      default -> fail("No test knows the kind " + kind + ".");
    }
  }
}
