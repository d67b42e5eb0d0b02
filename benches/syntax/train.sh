#!/bin/sh
# Trains the peer from scratch on one core: train.sh LANGUAGE FOLDER [CPU_SECONDS_SYNTAX [CPU_SECONDS_ENTITIES]]
# Needs a Python with spaCy: PYTHON=/some/venv/bin/python ./train.sh fr /tmp/peer/fr
set -eu
here=$(cd "$(dirname "$0")" && pwd)
language=$1
folder=$2
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 BLIS_NUM_THREADS=1

"$python" "$here/prepare.py" "$language" "$folder"

learn() {
    status=0
    (
        ulimit -S -t "$2"
        exec "$python" -m spacy train "$here/$1.cfg" --output "$folder/$1" --nlp.lang "$language" \
            --paths.train "$folder/$1-train.spacy" --paths.dev "$folder/$1-dev.spacy"
    ) >"$folder/$1.log" 2>&1 || status=$?
    # The best state so far is on disk at any time, so to run out of time (SIGXCPU) is no fault.
    [ "$status" -eq 0 ] || [ "$status" -eq 152 ]
}

learn syntax "${3:-1200}"
learn entities "${4:-400}"
"$python" "$here/assemble.py" "$folder"
