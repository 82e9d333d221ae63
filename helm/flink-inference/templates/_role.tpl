{{/* With pools the operator makes the TaskManagers, and the JobManager needs rights for high availability only. */}}
{{- define "scoring.role" -}}
{{- if and .Values.serviceAccount.create (or (eq .Values.topology "homogeneous") .Values.highAvailability.enabled) -}}
yes
{{- end -}}
{{- end }}
