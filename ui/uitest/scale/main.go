package main

import ("os"; "strconv")

func main() { n,_ := strconv.Atoi(os.Args[1]); writeStories(os.Stdout, n) }
