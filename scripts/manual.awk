# Turns the help of nettrain into a section of a manual page. Reads 'nettrain help COMMAND', printed without line breaks
# in paragraphs, and takes the variable "name": "nettrain" or "nettrain COMMAND".
#
# "nettrain" begins the page, with its NAME; the other commands are added as sections of their own.

function escaped(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    gsub(/'/, "\\(aq", text)
    sub(/^\./, "\\\\\\&.", text)
    return text
}

function set_example(is_one) {
    if (is_one != in_example) print is_one ? ".RS 4\n.nf" : ".fi\n.RE\n.PP"
    in_example = is_one
}

/^OVERVIEW: / {
    abstract = escaped(substr($0, 11))
    if (name == "nettrain") {
        print ".SH NAME\nnettrain \\- " abstract "\n.SH DESCRIPTION"
    } else {
        print ".SH " toupper(name) "\n" abstract
    }
    part = "overview"
    next
}

/^USAGE: / {
    set_example(0)
    print ".SS Usage"
    part = "usage"
    sub(/^USAGE:/, "      ")
}

# "TRAINING:" begins a list of options.
part != "overview" && /^[A-Z][A-Z ]*:$/ {
    set_example(0)
    print ".SS " substr($0, 1, 1) tolower(substr($0, 2, length($0) - 2))
    part = "list"
    next
}

/^$/ {
    if (part == "overview" && !in_example) print ".PP"
    next
}

part == "usage" {
    sub(/^ +/, "")
    print ".PP\n" escaped($0)
    next
}

# "  --seed <n>              Same seed, …"; a long label has its text on the next line.
part == "list" && /^  [^ ]/ {
    text = substr($0, 3)
    gap = match(text, /  +/)
    label = gap ? substr(text, 1, gap - 1) : text
    if (label ~ /^See /) {
        print ".PP\n" escaped(label)
        next
    }
    print ".TP\n.B " escaped(label)
    if (gap) print escaped(substr(text, gap + RLENGTH))
    next
}

part == "list" {
    sub(/^ +/, "")
    print escaped($0)
    next
}

{
    set_example(/^  /)
    sub(/^  /, "")
    print escaped($0)
}
