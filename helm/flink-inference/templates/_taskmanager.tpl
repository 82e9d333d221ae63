{{/* What TaskManagers have besides, that the operator merges in by names. With pools the model is for others. */}}
{{- define "scoring.taskManager.spec" -}}
{{- $inference := eq .Values.topology "homogeneous" }}
{{- $model := and $inference (ne .Values.model.source "none") }}
{{- $scheduling := include "scoring.taskManager.scheduling" . | trim }}
{{- if or $model $scheduling .Values.pod.initContainers }}
spec:
  {{- with $scheduling }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- if $model }}
  {{- with include "scoring.model.init" . | trim }}
  initContainers:
    {{- . | nindent 4 }}
  {{- end }}
  containers:
    - name: flink-main-container
      volumeMounts:
        {{- include "scoring.model.mount" . | trim | nindent 8 }}
  volumes:
    {{- include "scoring.model.volume" . | trim | nindent 4 }}
  {{- else }}
  {{- with .Values.pod.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}
