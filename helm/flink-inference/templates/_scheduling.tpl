{{/* Of a part of the values that has nodeSelector, tolerations and affinity. */}}
{{- define "scoring.scheduling" -}}
{{- with .nodeSelector }}
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

{{/* Pods of the TaskManagers that Flink or the operator make. */}}
{{- define "scoring.taskManager.scheduling" -}}
{{- $own := .Values.taskManager }}
{{- if and .Values.gpu.enabled (eq .Values.topology "homogeneous") }}
{{- $gpu := .Values.gpu }}
{{- $both := dict "nodeSelector" (merge dict $gpu.nodeSelector $own.nodeSelector) "tolerations" (concat $own.tolerations $gpu.tolerations) "affinity" ($gpu.affinity | default $own.affinity) "runtimeClass" $gpu.runtimeClass }}
{{- include "scoring.scheduling" $both }}
{{- else }}
{{- include "scoring.scheduling" $own }}
{{- end }}
{{- end }}
