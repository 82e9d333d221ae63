{{/* The root file system is read-only: what is written lies in tmp and log. */}}
{{- define "scoring.pod.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.pod.tmpSizeLimit }}
- name: log
  emptyDir:
    sizeLimit: 512Mi
- name: job
  configMap:
    name: {{ include "scoring.name" . }}-job
{{- with .Values.checkpoints.pvc.claim }}
- name: state
  persistentVolumeClaim:
    claimName: {{ . }}
{{- end }}
{{- range .Values.secrets.files }}
- name: secret-{{ .secret }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
{{- end }}
{{- with .Values.pod.volumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "scoring.pod.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: log
  mountPath: /opt/flink/log
- name: job
  mountPath: /opt/flink-inference/job
  readOnly: true
{{- if .Values.checkpoints.pvc.claim }}
- name: state
  mountPath: {{ .Values.checkpoints.pvc.path }}
{{- end }}
{{- range .Values.secrets.files }}
- name: secret-{{ .secret }}
  mountPath: {{ .path }}
  readOnly: true
{{- end }}
{{- with .Values.pod.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
