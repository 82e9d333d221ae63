{{- define "scoring.refuse.model" -}}
{{- $m := .Values.model }}
{{- $needs := dict "image" (list "image.reference") "pvc" (list "pvc.claim") "download" (list "download.url" "download.sha256") "oci" (list "oci.reference") }}
{{- range get $needs $m.source | default list }}
{{- $part := splitList "." . }}
{{- if not (get (get $m (first $part)) (last $part)) }}
model.source is {{ $m.source }}, but model.{{ . }} is not set. Set it.
{{- end }}
{{- end }}
{{- if ne $m.source "none" }}
{{- $model := .Values.job.model | default "" }}
{{- if not (or (eq $model $m.path) (hasPrefix (printf "%s/" $m.path) $model)) }}
job.model is {{ $model }}, but model.source: {{ $m.source }} puts the model below {{ $m.path }}. Set job.model to {{ $m.path }} or a folder in it.
{{- end }}
{{- end }}
{{- if ne $m.source "none" }}
{{- range include "scoring.job.files" . | splitList "\n" }}
{{- if hasPrefix (printf "%s/" $m.path) (trim .) }}
The job's file names {{ trim . }}, which the JobManager reads, but the model at {{ $m.path }} is in TaskManagers only. Put the file into the image, or into a ConfigMap that pod.volumes and pod.volumeMounts bring to all pods.
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq $m.source "download") $m.download.headerSecret (hasPrefix "http://" $m.download.url) }}
model.download.url is http, so whoever is on the way could read the header in model.download.headerSecret. Make it https.
{{- end }}
{{- if and (eq $m.source "oci") (semverCompare "<1.35-0" .Capabilities.KubeVersion.Version) }}
model.source is oci, but Kubernetes {{ .Capabilities.KubeVersion.Version }} has no volumes from images unless its feature gate ImageVolume is set; 1.35 has. Use model.source: image.
{{- end }}
{{- end }}

{{- define "scoring.refuse.job" -}}
{{- $job := .Values.job }}
{{- $security := get ($job.kafka | default dict) "security" | default dict }}
{{- $registry := get $job "schema-registry" | default dict }}
{{- range $where, $section := dict "kafka.security" $security "schema-registry" $registry }}
{{- range $key := keys $section | sortAlpha }}
{{- if and (include "scoring.secret" $key) (not (regexMatch "^\\$\\{(env|file):[^}]+\\}$" (get $section $key | toString))) }}
job.{{ $where }}.{{ $key }} stands in plain text, and whoever may read ConfigMaps could read it. Put it into a Secret, name that in secrets.env, and write ${env:NAME}.
{{- end }}
{{- end }}
{{- end }}
{{- range list "consumer-properties" "producer-properties" }}
{{- range $key, $value := get ($job.kafka | default dict) . | default dict }}
{{- /* A login has secrets among other words: what is left without those that are placeholders, a switch, or where tokens are had, may have none. */}}
{{- $left := regexReplaceAll "(?i)(password|secret|token)[a-z.]*\\s*=\\s*\"?[$][{](env|file):[^}]+[}]\"?|token[a-z.]*\\s*=\\s*\"?(true|false)\"?|token[.]endpoint[a-z.]*\\s*=\\s*\"[^\"]*\"" (toString $value) "" }}
{{- $plain := ternary (regexMatch "(?i)(password|secret|token)[a-z0-9._-]*\\s*=" $left) (not (include "scoring.secret.reference" $value)) (contains "jaas" $key) }}
{{- if and (include "scoring.secret" $key) $plain }}
job.kafka: {{ $key }} stands in plain text. Use job.kafka.security with secrets.env.
{{- end }}
{{- end }}
{{- end }}
{{- range $key, $value := $job.flink | default dict }}
{{- if and (include "scoring.secret" $key) (not (include "scoring.secret.reference" $value)) }}
job.flink: {{ $key }} stands in plain text, and whoever may read ConfigMaps could read it. Put it into a Secret, name that in secrets.env, and write ${env:NAME}.
{{- end }}
{{- end }}
{{- range $key, $value := .Values.flink }}
{{- /* Flink reads the passwords of its own TLS and of reporters of metrics from no other place. */}}
{{- if and (include "scoring.secret" $key) (not (regexMatch "^(security[.]ssl|metrics[.]reporter)[.]" $key)) (not (regexMatch "^(arn:.*|true|false)$" (toString $value))) }}
flink: {{ $key }} stands in plain text, and whoever may read the FlinkDeployment could read it. Use checkpoints.s3.secret, or a role of the cloud in serviceAccount.annotations; what the job alone reads can stand in job.flink, as ${env:NAME} with secrets.env.
{{- end }}
{{- end }}
{{- range .Values.pod.env }}
{{- if and .value (include "scoring.secret" .name) (not (include "scoring.secret.variable" .value)) }}
pod.env: {{ .name }} stands in plain text. Put it into a Secret, and name that in secrets.env.
{{- end }}
{{- end }}
{{- if hasKey $job "parallelism" }}
job.parallelism is set, which neither operator nor autoscaler could change. Leave it out, and set run.parallelism.
{{- end }}
{{- if hasKey ($job.checkpoints | default dict) "directory" }}
job.checkpoints.directory is set, which the operator does not see. Leave it out, and set checkpoints.directory of the chart.
{{- end }}
{{- end }}

{{- define "scoring.refuse.flink" -}}
{{- range $key := list "kubernetes.namespace" "kubernetes.cluster-id" "high-availability.cluster-id" }}
{{- if hasKey $.Values.flink $key }}
flink.{{ $key }} is set, but the operator sets it itself and refuses it. Leave it out.
{{- end }}
{{- end }}
{{- range $key := list "high-availability.type" "high-availability" }}
{{- /* By any other way TaskManagers get no token, and could not ask for the leader. */}}
{{- if and (not $.Values.highAvailability.enabled) (regexMatch "(?i)kubernetes" (get $.Values.flink $key | toString)) }}
flink.{{ $key }} is {{ get $.Values.flink $key }}, but TaskManagers may ask Kubernetes who leads with highAvailability only, and the job would wait without end. Leave it out, and set highAvailability.enabled and highAvailability.directory.
{{- end }}
{{- end }}
{{- range $key, $instead := include "scoring.flink.overridden" . | fromYaml }}
{{- if hasKey $.Values.flink $key }}
flink.{{ $key }} is set, but it does nothing: the job or the operator puts {{ $instead }} over it. Set that instead.
{{- end }}
{{- end }}
{{- $own := omit . "Values" | merge (dict "Values" (omit .Values "flink" | merge (dict "flink" dict))) }}
{{- range $key := keys (include "scoring.flink" $own | fromYaml) | sortAlpha }}
{{- if and (hasKey $.Values.flink $key) (not (hasPrefix "external-resource" $key)) }}
flink.{{ $key }} is set, but the chart sets it too, from values that have names of their own. Use those.
{{- end }}
{{- end }}
{{- end }}
