{{/* What JobManager and TaskManagers have each for itself. The operator merges lists by the names in them, and of two mounts of
     one volume it keeps the last: so all mounts stand here, and none in what they have alike. */}}
{{- define "scoring.jobManager.spec" -}}
{{- include "scoring.scheduling" (list . .Values.jobManager) }}
{{- with include "scoring.init.withoutModel" . | trim }}
initContainers:
  {{- . | nindent 2 }}
{{- end }}
containers:
  - name: flink-main-container
    volumeMounts:
      {{- include "scoring.pod.mounts" . | nindent 6 }}
{{- end }}

{{/* With pools the model is for others. */}}
{{- define "scoring.taskManager.spec" -}}
{{- $model := and (eq .Values.topology "homogeneous") (ne .Values.model.source "none") }}
{{- include "scoring.taskManager.scheduling" . }}
{{- if not (include "scoring.taskManager.token" .) }}
# Only with high availability a TaskManager asks Kubernetes something: who leads.
automountServiceAccountToken: false
{{- end }}
{{- with include (ternary "scoring.model.init" "scoring.init.withoutModel" (eq .Values.topology "homogeneous")) . | trim }}
initContainers:
  {{- . | nindent 2 }}
{{- end }}
containers:
  - name: flink-main-container
    volumeMounts:
      {{- include "scoring.pod.mounts" . | nindent 6 }}
      {{- if $model }}
      {{- include "scoring.model.mount" . | trim | nindent 6 }}
      {{- end }}
{{- if $model }}
volumes:
  {{- include "scoring.model.volume" . | trim | nindent 2 }}
{{- end }}
{{- end }}

{{/* Init containers of the values for pods without the model: those that mount it, or want a GPU, have nothing to do there. */}}
{{- define "scoring.init.withoutModel" -}}
{{- range .Values.pod.initContainers }}
{{- $mounts := list }}
{{- range .volumeMounts }}{{ $mounts = append $mounts (get . "name") }}{{ end }}
{{- $resources := get . "resources" | default dict }}
{{- $gpu := false }}
{{- range list "limits" "requests" }}{{ $gpu = or $gpu (hasKey (get $resources . | default dict) $.Values.gpu.resource) }}{{ end }}
{{- if not (or $gpu (and (ne $.Values.model.source "none") (has "model" $mounts))) }}
{{ toYaml (list .) }}
{{- end }}
{{- end }}
{{- end }}
