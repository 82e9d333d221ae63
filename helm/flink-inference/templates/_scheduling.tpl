{{/* Of a list: all that the chart knows, and a part of the values that has nodeSelector, tolerations and affinity. The GPU
     image is for amd64, as its libraries are; who has made another says so by the label. */}}
{{- define "scoring.scheduling" -}}
{{- $nodes := merge dict ((last .).nodeSelector | default dict) (ternary (dict "kubernetes.io/arch" "amd64") dict (first .).Values.gpu.enabled) }}
{{- with last . }}
{{- with $nodes }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .runtimeClass }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Pods of the TaskManagers that Flink or the operator make. */}}
{{- define "scoring.taskManager.scheduling" -}}
{{- $own := .Values.taskManager }}
{{- if and .Values.gpu.enabled (eq .Values.topology "homogeneous") }}
{{- $gpu := .Values.gpu }}
{{- $both := dict "nodeSelector" (merge dict $gpu.nodeSelector $own.nodeSelector) "tolerations" (concat $own.tolerations $gpu.tolerations) "affinity" (merge (deepCopy $gpu.affinity) $own.affinity) "runtimeClass" $gpu.runtimeClass }}
{{- include "scoring.scheduling" (list . $both) }}
{{- else }}
{{- include "scoring.scheduling" (list . $own) }}
{{- end }}
{{- end }}
