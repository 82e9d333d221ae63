{{/* Options of Flink that hold for all of its processes. */}}
{{- define "scoring.flink" -}}
classloader.parent-first-patterns.additional: ai.onnxruntime;ai.djl.
kubernetes.operator.pod-template.merge-arrays-by-name: "true"
taskmanager.numberOfTaskSlots: {{ .Values.taskManager.slots | quote }}
taskmanager.memory.task.off-heap.size: {{ .Values.taskManager.nativeMemory | quote }}
taskmanager.memory.managed.fraction: {{ .Values.taskManager.managedFraction | quote }}
metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
metrics.reporter.prom.port: {{ .Values.monitoring.port | quote }}
{{- include "scoring.flink.state" . }}
{{- include "scoring.flink.autoscaler" . }}
{{- if eq .Values.topology "pools" }}
external-resources: cpupool
external-resource.cpupool.amount: {{ .Values.taskManager.slots | quote }}
{{- else if .Values.gpu.enabled }}
{{- include "scoring.flink.gpu" . }}
external-resource.gpu.kubernetes.config-key: {{ .Values.gpu.resource }}
{{- end }}
{{- range $key, $value := .Values.flink }}
{{ $key }}: {{ include "scoring.text" $value | quote }}
{{- end }}
{{- end }}

{{/* A value as Flink reads it. Helm has large numbers as floats, and would write 1.048576e+07. */}}
{{- define "scoring.text" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ toJson . }}{{ end -}}
{{- end }}

{{- define "scoring.flink.state" }}
{{- /* That of the job's file holds; the operator knows by it whether checkpoints get on. */}}
{{- $interval := get (.Values.job.checkpoints | default dict) "interval" | default "10 s" }}
{{- if not (contains "${" $interval) }}
execution.checkpointing.interval: {{ $interval | quote }}
{{- end }}
{{- with .Values.checkpoints.directory }}
execution.checkpointing.dir: {{ . }}
{{- end }}
{{- with .Values.checkpoints.savepointDirectory }}
execution.checkpointing.savepoint-dir: {{ . }}
{{- end }}
{{- with .Values.checkpoints.savepointInterval }}
kubernetes.operator.periodic.savepoint.interval: {{ . | quote }}
{{- end }}
{{- with .Values.checkpoints.s3.endpoint }}
s3.endpoint: {{ . }}
{{- end }}
{{- if .Values.checkpoints.s3.pathStyleAccess }}
s3.path.style.access: "true"
{{- end }}
{{- if .Values.highAvailability.enabled }}
high-availability.type: kubernetes
high-availability.storageDir: {{ .Values.highAvailability.directory }}
{{- end }}
{{- end }}

{{- define "scoring.flink.autoscaler" }}
{{- with .Values.autoscaler }}
{{- if .enabled }}
job.autoscaler.enabled: "true"
job.autoscaler.utilization.target: {{ .targetUtilization | quote }}
{{- /* Engine threads are not in Flink's busy time: a job that is half busy would look idle, and be made smaller. */}}
job.autoscaler.utilization.min: "0"
job.autoscaler.vertex.max-parallelism: {{ .maxParallelism | quote }}
job.autoscaler.metrics.window: {{ .window | quote }}
job.autoscaler.stabilization.interval: {{ .stabilization | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.flink.gpu" }}
external-resources: gpu
external-resource.gpu.amount: {{ .Values.gpu.count | quote }}
external-resource.gpu.driver-factory.class: org.apache.flink.externalresource.gpu.GPUDriverFactory
{{- with .Values.gpu.discoveryScript }}
external-resource.gpu.param.discovery-script.path: {{ . }}
{{- end }}
{{- end }}

{{/* What wins over options of Flink: the operator has fields for them, or the job's file says them. */}}
{{- define "scoring.flink.overridden" -}}
jobmanager.memory.process.size: jobManager.memory
kubernetes.container.image: image.repository
kubernetes.container.image.pull-policy: image.pullPolicy
kubernetes.container.image.ref: image.repository
kubernetes.jobmanager.cpu: jobManager.cpu
kubernetes.jobmanager.cpu.amount: jobManager.cpu
kubernetes.jobmanager.replicas: jobManager.replicas
kubernetes.service-account: serviceAccount.name
kubernetes.taskmanager.cpu: taskManager.cpu
kubernetes.taskmanager.cpu.amount: taskManager.cpu
parallelism.default: run.parallelism
pipeline.name: job.name
taskmanager.memory.process.size: taskManager.memory
{{- end }}
