{{/* The root file system is read-only: what is written lies in tmp and log. Volumes of secrets have numbers: a secret's
     name may have dots or come twice, that of a volume may not. */}}
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
    claimName: {{ . | quote }}
{{- end }}
{{- range $i, $file := .Values.secrets.files }}
- name: secret-{{ $i }}
  secret:
    secretName: {{ $file.secret | quote }}
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
  mountPath: {{ .Values.checkpoints.pvc.path | quote }}
{{- end }}
{{- range $i, $file := .Values.secrets.files }}
- name: secret-{{ $i }}
  mountPath: {{ $file.path | quote }}
  readOnly: true
{{- end }}
{{- with .Values.pod.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
