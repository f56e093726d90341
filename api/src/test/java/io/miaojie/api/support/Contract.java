package io.miaojie.api.support;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code openapi.yaml}, read and checked by a library that is not ours. It knows few content types, and no relative
 * address of a server: it is given what it knows.
 */
public final class Contract {
    /** Something that the contract says has this schema. */
    public record Example(String place, JsonObject schema, Object value) {}

    private final OpenAPIContract contract;
    private final JsonObject raw;

    private Contract(final OpenAPIContract contract, final JsonObject raw) {
        this.contract = contract;
        this.raw = raw;
    }

    public static Contract read() {
        final Vertx vertx = Vertx.vertx();
        try {
            final String json = yaml().encode();
            final String plain = json.replace("application/problem+json", "application/json")
                    .replace("application/x-ndjson", "application/json")
                    .replace("application/yaml", "text/plain")
                    .replace("text/event-stream", "text/plain")
                    .replace("\"url\":\"/\"", "\"url\":\"http://127.0.0.1/\"");
            return new Contract(
                    OpenAPIContract.from(vertx, new JsonObject(plain)).await(), new JsonObject(json));
        } finally {
            vertx.close().await();
        }
    }

    private static JsonObject yaml() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            final Map<String, Object> document = new Yaml().load(in);
            return new JsonObject(document);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns every method and path. */
    public List<String> operations() {
        return contract.operations().stream()
                .map(operation -> operation.getHttpMethod() + " " + operation.getOpenAPIPath())
                .toList();
    }

    public JsonObject operation(final String methodAndPath) {
        final String[] parts = methodAndPath.split(" ");
        return raw.getJsonObject("paths").getJsonObject(parts[1]).getJsonObject(parts[0].toLowerCase(Locale.ROOT));
    }

    /** Returns the roles that may call an operation, none for an open one; refuses one that does not say. */
    public Set<String> roles(final String methodAndPath) {
        final JsonArray security = operation(methodAndPath).getJsonArray("security");
        if (security == null || security.size() > 1) {
            throw new AssertionError("names no roles: " + methodAndPath);
        }
        return security.isEmpty()
                ? Set.of()
                : security.getJsonObject(0).getJsonArray("key").stream()
                        .map(String::valueOf)
                        .collect(Collectors.toSet());
    }

    /** Returns a parameter, or that which it refers to. */
    public JsonObject resolved(final JsonObject parameter) {
        final String ref = parameter.getString("$ref");
        return ref == null ? parameter : component("parameters", ref.substring(ref.lastIndexOf('/') + 1));
    }

    public JsonObject component(final String section, final String name) {
        return raw.getJsonObject("components").getJsonObject(section).getJsonObject(name);
    }

    /** Returns the names of the components of this section. */
    public Set<String> names(final String section) {
        return raw.getJsonObject("components").getJsonObject(section).fieldNames();
    }

    /** Returns the example of what is sent to this operation, null: it has none. */
    public Object request(final String methodAndPath) {
        final JsonObject body = operation(methodAndPath).getJsonObject("requestBody");
        if (body == null) {
            return null;
        }
        final JsonObject content = body.getJsonObject("content");
        final JsonObject media =
                content.getJsonObject(content.fieldNames().iterator().next());
        return media.getValue("example");
    }

    /** Returns the schema of what is sent to this operation, which takes a body. */
    public JsonObject requestSchema(final String methodAndPath) {
        final JsonObject content =
                operation(methodAndPath).getJsonObject("requestBody").getJsonObject("content");
        return content.getJsonObject(content.fieldNames().iterator().next()).getJsonObject("schema");
    }

    /** Returns every example of a body. */
    public List<Example> examples() {
        final List<Example> examples = new ArrayList<>();
        collect(raw, "", examples);
        return examples;
    }

    /** Returns what is wrong with a value; empty: nothing. */
    public String faults(final JsonObject schema, final Object value) {
        final JsonObject root = new JsonObject(schema.encode().replace("#/components/schemas/", "#/$defs/"));
        root.put(
                "$defs",
                new JsonObject(raw.getJsonObject("components")
                        .getJsonObject("schemas")
                        .encode()
                        .replace("#/components/schemas/", "#/$defs/")));
        final OutputUnit result = Validator.create(
                        JsonSchema.of(root),
                        new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri("app://miaojie"))
                .validate(value);
        return result.getValid() ? "" : String.valueOf(result.toJson());
    }

    /** Returns the schema of a 200 answer of this operation. */
    public JsonObject answerSchema(final String methodAndPath) {
        final JsonObject content = operation(methodAndPath)
                .getJsonObject("responses")
                .getJsonObject("200")
                .getJsonObject("content");
        return content.getJsonObject(content.fieldNames().iterator().next()).getJsonObject("schema");
    }

    private static void collect(final Object node, final String place, final List<Example> examples) {
        if (node instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.getValue(i), place + "/" + i, examples);
            }
        } else if (node instanceof JsonObject object) {
            if (object.containsKey("schema") && object.containsKey("example")) {
                examples.add(new Example(place, object.getJsonObject("schema"), object.getValue("example")));
            }
            if (object.containsKey("schema") && object.containsKey("examples")) {
                object.getJsonObject("examples")
                        .forEach(example -> examples.add(new Example(
                                place + "/" + example.getKey(),
                                object.getJsonObject("schema"),
                                ((JsonObject) example.getValue()).getValue("value"))));
            }
            for (final Map.Entry<String, Object> field : object) {
                collect(field.getValue(), place + "/" + field.getKey(), examples);
            }
        }
    }
}
