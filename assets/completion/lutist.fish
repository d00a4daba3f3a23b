# fish completion of lutist: the program answers itself, as host/cmd/complete/answers.h says.

function __lutist_answers
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l word (commandline -ct)
    for answer in ($program complete $words "$word" 2>/dev/null)
        switch $answer
            case \t/
                __fish_complete_directories "$word"
            case \t\*
                __fish_complete_path "$word"
            case '*'
                echo $answer
        end
    end
end

complete -c lutist -f -a '(__lutist_answers)'
