{{- define "scoring.name" -}}
{{- .Values.nameOverride | default .Release.Name -}}
{{- end }}

{{- define "scoring.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "scoring.name" .) -}}
{{- end }}

{{- define "scoring.image" -}}
{{- $kind := ternary "gpu" "cpu" .Values.gpu.enabled -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default (printf "%s-%s" .Chart.AppVersion $kind) }}
{{- end -}}
{{- end }}

{{/* By these the pods are found; they never change. */}}
{{- define "scoring.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ include "scoring.name" . | quote }}
{{- end }}

{{- define "scoring.labels" -}}
{{ include "scoring.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "scoring.metadata" -}}
name: {{ include "scoring.name" . | quote }}
namespace: {{ .Release.Namespace | quote }}
labels:
  {{- include "scoring.labels" . | nindent 2 }}
{{- end }}
