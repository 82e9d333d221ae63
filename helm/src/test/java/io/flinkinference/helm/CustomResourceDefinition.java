package io.flinkinference.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operator's definition of a FlinkDeployment made strict: keys that it does not know are
 * refused, where the Kubernetes API would drop them without a word.
 */
final class CustomResourceDefinition {

  private static final Path FOLDER =
      Path.of(System.getProperty("kubernetes.definitions", "../../shared/kubernetes"));

  private CustomResourceDefinition() {}

  /** Empty where the definitions are not on this machine. */
  static Optional<JsonSchema> ofOperator(String version) throws IOException {
    Path file = FOLDER.resolve("flinkdeployments-operator-" + version + ".yml");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode schema =
        Documents.YAML
            .readTree(Files.readString(file))
            .at("/spec/versions/0/schema/openAPIV3Schema");
    makeStrict(schema);
    // The API server itself knows these.
    for (String key : List.of("apiVersion", "kind", "metadata")) {
      ((ObjectNode) schema.get("properties")).set(key, Documents.YAML.createObjectNode());
    }
    return Optional.of(JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema));
  }

  private static void makeStrict(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("properties") && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.putArray("type").add("integer").add("string");
        object.remove("anyOf");
      }
    }
    node.forEach(CustomResourceDefinition::makeStrict);
  }
}
