{{/* What cannot work is refused before anything is made; all that is wrong is told at once. */}}
{{- define "scoring.refuse" -}}
{{- $wrong := list -}}
{{- range list "name" "pools" "gpu" "state" "autoscaler" "model" "job" "flink" "memory" "pod" "monitoring" "disruption" -}}
{{- range (include (printf "scoring.refuse.%s" .) $ | splitList "\n") -}}
{{- with trim . }}{{ $wrong = append $wrong . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- with $wrong -}}
{{- fail (printf "\n\nThis cannot work:\n- %s\n" (join "\n- " .)) -}}
{{- end -}}
{{- end }}

{{- define "scoring.refuse.name" -}}
{{- $name := include "scoring.name" . }}
{{- if gt (len $name) 40 }}
The name {{ $name }} has {{ len $name }} characters, but the operator takes at most 45, and 5 are for what the chart adds. Set a shorter nameOverride.
{{- end }}
{{- if not (regexMatch "^[a-z][-a-z0-9]*$" $name) }}
The name {{ $name }} has other characters than a-z, 0-9 and -, or does not begin with a letter, and the operator takes no such name. Set nameOverride.
{{- end }}
{{- if and .Values.image.tag .Values.image.digest }}
image.tag is {{ .Values.image.tag }} and image.digest is {{ .Values.image.digest }}, and only one of them can say which image it is. Leave one out.
{{- end }}
{{- if not (or .Values.serviceAccount.create .Values.serviceAccount.name) }}
serviceAccount.create is false, but serviceAccount.name does not say which account the pods run with. Set it.
{{- end }}
{{- end }}

{{- define "scoring.refuse.pod" -}}
{{- range $key, $instead := include "scoring.pod.own" . | fromYaml }}
{{- if hasKey ($.Values.pod.spec | default dict) $key }}
pod.spec.{{ $key }} is set, but it is for the chart or Flink to set. Leave it out{{ with $instead }}, and use {{ . }}{{ end }}.
{{- end }}
{{- end }}
{{- range list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" }}
{{- if hasKey $.Values.pod.labels . }}
pod.labels has {{ . }}, by which the chart finds its pods. Leave it out.
{{- end }}
{{- end }}
{{- range .Values.pod.volumes }}
{{- if regexMatch "^(tmp|log|job|state|config|model|no-token|secret-[0-9]+)$" .name }}
pod.volumes has {{ .name }}, the name of a volume of the chart's. Give it another name.
{{- end }}
{{- end }}
{{- end }}

{{- define "scoring.refuse.monitoring" -}}
{{- if and .Values.monitoring.prometheusRule.enabled (not .Values.monitoring.podMonitor.enabled) }}
monitoring.prometheusRule is enabled without monitoring.podMonitor, which gives the metrics the label that the alerts look for. Enable both.
{{- end }}
{{- end }}

{{/* A budget that allows no eviction at all would hold up each drain. Autoscaler and placement make other numbers of TaskManagers. */}}
{{- define "scoring.refuse.disruption" -}}
{{- $least := int .Values.podDisruptionBudget.minAvailable }}
{{- if and .Values.podDisruptionBudget.enabled (eq .Values.run.state "running") }}
{{- if and (eq .Values.topology "pools") (le (int .Values.gpu.pool.replicas) $least) }}
podDisruptionBudget.minAvailable is {{ $least }}, and there are {{ .Values.gpu.pool.replicas }} GPU TaskManagers, so none could ever be drained from its node. Raise gpu.pool.replicas, or leave the budget out.
{{- end }}
{{- $count := divf .Values.run.parallelism .Values.taskManager.slots | ceil | int }}
{{- if not (or (eq .Values.topology "pools") .Values.autoscaler.enabled .Values.job.placement (gt $count $least)) }}
podDisruptionBudget.minAvailable is {{ $least }}, and Flink makes {{ $count }} TaskManagers for run.parallelism {{ .Values.run.parallelism }} with taskManager.slots {{ .Values.taskManager.slots }}, so none could ever be drained from its node. Make it more by fewer slots, or leave the budget out.
{{- end }}
{{- end }}
{{- end }}
